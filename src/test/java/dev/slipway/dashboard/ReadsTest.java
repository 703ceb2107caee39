package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.ReleaseState;
import dev.slipway.status.EntryState;
import dev.slipway.status.Queues;
import dev.slipway.status.Scene;
import dev.slipway.status.Snapshots;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.ReleaseNumber;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadsTest {
  private static final String SITE = "/api/v1/deployments/website";

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
  void deploymentsAreAListOfWhatTheReadModelSays() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    String expected =
        Views.deployment(new Snapshots(desk.scene.sources).take().deployments().getFirst())
            .toString();
    HttpResponse<String> answer = desk.get("/api/v1/deployments");
    assertEquals(200, answer.statusCode());
    assertEquals(Optional.of("application/json"), answer.headers().firstValue("Content-Type"));
    assertEquals("[" + expected + "]\n", answer.body());
    assertEquals(expected + "\n", desk.get(SITE).body());
  }

  @Test
  void releasesAreTheNewestFirstAndCanBeTurnedOver() throws Exception {
    for (int i = 0; i < 4; i++) {
      desk.scene.release(i, ReleaseState.SUCCEEDED);
    }
    assertEquals("4,3,2,1", versions(desk.get(SITE + "/releases")));
    assertEquals("4,3", versions(desk.get(SITE + "/releases?limit=2")));
    assertEquals("2,1", versions(desk.get(SITE + "/releases?before=3&limit=2")));
    assertEquals("", versions(desk.get(SITE + "/releases?before=1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=501", "limit=x", "before=0", "before=99999999999"})
  void aBoundThatIsNoneIsRefused(String query) throws Exception {
    HttpResponse<String> answer = desk.get(SITE + "/releases?" + query);
    assertEquals(400, answer.statusCode(), answer.body());
  }

  @Test
  void aReleaseIsItsRow() throws Exception {
    ReleaseNumber number = desk.scene.release(1, ReleaseState.FAILED);
    assertEquals(
        Views.release(desk.scene.ledger.release(Scene.SITE, number).orElseThrow()) + "\n",
        desk.get(SITE + "/releases/1").body());
  }

  @Test
  void queuesAreTheOldestFirst() throws Exception {
    desk.scene.put(EntryState.WAITING, Scene.name(2));
    desk.scene.put(EntryState.FAILED, Scene.name(1));
    HttpResponse<String> answer = desk.get("/api/v1/queues");
    StringBuilder expected = new StringBuilder("[");
    new Queues(desk.scene.sources)
        .all(10)
        .entries()
        .forEach(
            entry -> expected.append(expected.length() > 1 ? "," : "").append(Views.entry(entry)));
    assertEquals(expected + "]\n", answer.body());
    assertEquals(Optional.of("2"), answer.headers().firstValue("X-Total-Count"));
    HttpResponse<String> first = desk.get("/api/v1/queues?limit=1");
    assertTrue(first.body().contains(Scene.name(1).value()), first.body());
    assertTrue(!first.body().contains(Scene.name(2).value()), first.body());
    assertEquals(Optional.of("2"), first.headers().firstValue("X-Total-Count"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api/v1",
        "/api/v1/deployments/",
        "/api/v1/deployments/nobody",
        "/api/v1/deployments/no_slug",
        "/api/v1/deployments/dispatcher",
        "/api/v1/deployments/..%2fwebsite",
        "/api/v1/deployments/nobody/releases",
        "/api/v1/deployments/website/releases/1",
        "/api/v1/deployments/website/releases/0",
        "/api/v1/deployments/website/releases/x",
        "/api/v1/deployments/website/releases/1/log",
        "/feed.atom",
        "/badge/website.svg"
      })
  void whatIsNotThereIsAProblemAndNotFound(String path) throws Exception {
    HttpResponse<String> answer = desk.get(path);
    assertEquals(404, answer.statusCode(), answer.body());
    assertEquals(
        Optional.of("application/problem+json"), answer.headers().firstValue("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 'GET, HEAD'",
    "DELETE, /api/v1/queues, 'GET, HEAD'",
    "PUT, /api/v1/deployments/website, 'GET, HEAD'",
    "GET, /api/v1/deployments/website/deploy, POST",
    "GET, /api/v1/queues/website/1.json/retry, POST",
    "POST, /login, 'GET, HEAD'"
  })
  void anotherMethodIsNamedTheOnesThatWork(String method, String path, String allow)
      throws Exception {
    HttpResponse<String> answer =
        desk.send(desk.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    assertEquals(405, answer.statusCode());
    assertEquals(Optional.of(allow), answer.headers().firstValue("Allow"));
  }

  @Test
  void aHeadIsAnsweredWithoutABody() throws Exception {
    HttpResponse<String> answer =
        desk.send(
            desk.request("/api/v1/deployments")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void whileTheRecordStoreIsAwayDeploymentsAreShownWithAWarning() throws Exception {
    desk.scene.ledger.unavailable(true);
    HttpResponse<String> answer = desk.get("/api/v1/deployments");
    assertEquals(200, answer.statusCode());
    assertTrue(
        answer.body().contains("\"warning\":\"the record store does not answer\""), answer.body());
    HttpResponse<String> releases = desk.get(SITE + "/releases");
    assertEquals(503, releases.statusCode());
    assertEquals(Optional.of("5"), releases.headers().firstValue("Retry-After"));
  }

  @Test
  void aQueueThatCannotBeReadIsAProblemWithItsPath() throws Exception {
    Files.createDirectories(desk.scene.state.queues());
    Files.writeString(desk.scene.state.queue(Scene.SITE), "no directory");
    HttpResponse<String> answer = desk.get("/api/v1/deployments");
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("website"), answer.body());
  }

  @Test
  void theFrontDoorNamesTheRooms() throws Exception {
    assertTrue(desk.get("/").body().contains("\"version\":\"1.2.3\""));
  }

  private static String versions(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    StringBuilder versions = new StringBuilder();
    java.util.regex.Pattern.compile("\"version\":([0-9]+)")
        .matcher(answer.body())
        .results()
        .forEach(found -> versions.append(versions.isEmpty() ? "" : ",").append(found.group(1)));
    return versions.toString();
  }
}
