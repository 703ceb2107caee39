package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Json;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.status.EntryState;
import dev.slipway.status.Scene;
import dev.slipway.vocabulary.EntryName;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ActingTest {
  private static final String SITE = "/api/v1/deployments/website";
  private static final String QUEUE = "/api/v1/queues/website/";

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(root);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void aDeployIsQueuedAndAnsweredWithItsEntry() throws Exception {
    Map<String, @Nullable Object> queued =
        accepted(SITE + "/deploy", "{\"ref\":\"topic\",\"note\":\"try it\"}");
    EntryName name = desk.scene.queue().waiting().getFirst();
    assertEquals(name.value(), queued.get("entry"));
    assertEquals("website", queued.get("deployment"));
    assertEquals("waiting", queued.get("state"));
    assertEquals("refs/heads/topic", queued.get("ref"));
    assertEquals("try it", queued.get("note"));
    String entry = Files.readString(desk.scene.state.queue(Scene.SITE).resolve(name.value()));
    assertTrue(entry.contains("\"id\":\"" + queued.get("event_id") + "\""), entry);
    assertTrue(entry.contains("\"slipway\":{\"note\":\"try it\"}"), entry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"ref\":null,\"note\":null}"})
  void aDeployWithoutABodyIsOfTheFollowedBranch(String body) throws Exception {
    assertEquals("refs/heads/main", accepted(SITE + "/deploy", body).get("ref"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"x\"",
        "{\"ref\":1}",
        "{\"reff\":\"main\"}",
        "{\"ref\":\"a..b\"}",
        "{\"ref\":\" \"}",
        "{} {}"
      })
  void aBodyThatMeansNothingIsRefusedAndQueuesNothing(String body) throws Exception {
    HttpResponse<String> answer = desk.post(SITE + "/deploy", body);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(List.of(), desk.scene.queue().waiting());
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String body = "{\"note\":\"" + "x".repeat(Call.BODY_LIMIT) + "\"}";
    assertEquals(413, desk.post(SITE + "/deploy", body).statusCode());
    HttpRequest.Builder undeclared =
        desk.request(SITE + "/deploy")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    assertEquals(413, desk.send(undeclared).statusCode());
    assertEquals(List.of(), desk.scene.queue().waiting());
  }

  @Test
  void whoeverAsksFirstWhetherToSendABodyIsToldTo() throws Exception {
    String answer =
        desk.raw(
            """
            POST %s/deploy HTTP/1.1\r
            Host: localhost:%d\r
            Authorization: Bearer %s\r
            Expect: 100-continue\r
            Connection: close\r
            Content-Length: 2\r
            \r
            {}\
            """
                .formatted(SITE, desk.port(), Desk.TOKEN));
    assertTrue(answer.startsWith("HTTP/1.1 100 "), answer);
    assertTrue(answer.contains("HTTP/1.1 202 "), answer);
  }

  @Test
  void whoeverAsksFirstWithoutATokenIsAnsweredAtOnce() throws Exception {
    String answer =
        desk.raw(
            """
            POST %s/deploy HTTP/1.1\r
            Host: localhost:%d\r
            Expect: 100-continue\r
            Content-Length: 2\r
            \r
            """
                .formatted(SITE, desk.port()));
    assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
  }

  @Test
  void aBodyThatIsDeclaredAsTooLargeIsAnsweredThoughItIsAllSentFirst() throws Exception {
    String answer =
        desk.raw(
            "POST %s/deploy HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n%s%s"
                .formatted(
                    SITE,
                    desk.port(),
                    Desk.TOKEN,
                    "Content-Length: 8388608\r\n\r\n",
                    "x".repeat(8 << 20)));
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @Test
  void aDisabledDeploymentCannotBeDeployedNow() throws Exception {
    desk.scene.routes.set(0, Scene.route(Scene.SITE, false));
    refused(409, SITE + "/deploy", "");
  }

  @Test
  void anUnknownDeploymentIsNotFoundWhateverIsAsked() throws Exception {
    for (String act : List.of("deploy", "rollback", "pause", "resume", "cancel")) {
      refused(404, "/api/v1/deployments/nobody/" + act, "");
    }
    refused(404, "/api/v1/deployments/website/destroy", "");
    refused(404, QUEUE + "1.json/retry", "");
    refused(404, QUEUE + "1.json/drop", "");
    refused(404, QUEUE + "..%2f..%2fadmin-token/drop", "");
    assertFalse(Files.exists(root.resolve("queues/nobody")));
  }

  @Test
  void aRollbackQueuesTheOldCommit() throws Exception {
    refused(409, SITE + "/rollback", "");
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    desk.scene.release(2, ReleaseState.SUCCEEDED);
    String old = Scene.commit(1).value();
    assertEquals(old, accepted(SITE + "/rollback", "").get("commit"));
    assertEquals(old, accepted(SITE + "/rollback", "{\"release\":1}").get("commit"));
    refused(409, SITE + "/rollback", "{\"release\":2}");
    refused(404, SITE + "/rollback", "{\"release\":3}");
    refused(400, SITE + "/rollback", "{\"release\":\"1\"}");
    refused(400, SITE + "/rollback", "{\"release\":0}");
  }

  @Test
  void aRollbackWithoutTheRecordStoreIsAwayForNow() throws Exception {
    desk.scene.ledger.unavailable(true);
    refused(503, SITE + "/rollback", "");
  }

  @Test
  void aPauseHoldsUntilItIsResumed() throws Exception {
    assertEquals("why", accepted(SITE + "/pause", "{\"reason\":\"why\"}").get("paused"));
    assertEquals(Optional.of("why"), desk.scene.queue().paused());
    assertEquals(null, accepted(SITE + "/resume", "").get("paused"));
    assertEquals(Optional.empty(), desk.scene.queue().paused());
    refused(409, SITE + "/resume", "");
  }

  @Test
  void whatRunsIsAskedToEnd() throws Exception {
    refused(409, SITE + "/cancel", "");
    EntryName name = desk.scene.put(EntryState.ACTIVE, Scene.name(1));
    assertEquals(name.value(), accepted(SITE + "/cancel", "{\"reason\":\"no\"}").get("entry"));
    assertEquals(Optional.of("no"), desk.scene.queue().claimed(name).cancelRequest());
  }

  @Test
  void aFailedEntryIsTriedAgain() throws Exception {
    EntryName name = desk.scene.put(EntryState.FAILED, Scene.name(1));
    accepted(QUEUE + name.value().replace(".json", "") + "/retry", "");
    assertEquals(List.of(name), desk.scene.queue().waiting());
    refused(409, QUEUE + name + "/retry", "");
  }

  @Test
  void anEntryIsDroppedUnlessItIsBeingDeployed() throws Exception {
    EntryName failed = desk.scene.put(EntryState.FAILED, Scene.name(1));
    EntryName waiting = desk.scene.put(EntryState.WAITING, Scene.name(2));
    EntryName active = desk.scene.put(EntryState.ACTIVE, Scene.name(3));
    assertEquals("dropped", accepted(QUEUE + failed + "/drop", "").get("state"));
    accepted(QUEUE + waiting + "/drop", "");
    refused(409, QUEUE + active + "/drop", "");
    assertEquals(List.of(), desk.scene.queue().failed());
    assertEquals(List.of(), desk.scene.queue().waiting());
    assertEquals(List.of(active), desk.scene.queue().active());
  }

  private Map<String, @Nullable Object> accepted(String path, String body) throws Exception {
    HttpResponse<String> answer = desk.post(path, body);
    assertEquals(202, answer.statusCode(), answer.body());
    return Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private void refused(int status, String path, String body) throws Exception {
    HttpResponse<String> answer = desk.post(path, body);
    assertEquals(status, answer.statusCode(), path + " " + answer.body());
    assertEquals(
        Optional.of("application/problem+json"), answer.headers().firstValue("Content-Type"));
  }
}
