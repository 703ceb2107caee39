package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.ledger.ReleaseState;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ViewsTest {
  private static final String RELEASE =
      """
      {"deployment":"website","version":1,\
      "commit":"1111111111111111111111111111111111111111","ref":"refs/heads/main",\
      "event_id":"delivery","trigger":"webhook","host":"host","state":"succeeded",\
      "started_at":"2026-11-21T09:58:30Z","finished_at":"2026-11-21T09:59:00Z",\
      "reason":"so it went"}\
      """;

  @TempDir Path root;
  private Scene scene;

  @BeforeEach
  void setUp() throws IOException {
    scene = new Scene(root);
  }

  @Test
  void aReleaseIsItsRow() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    assertEquals(
        RELEASE,
        Views.release(scene.ledger.release(Scene.SITE, new ReleaseNumber(1)).orElseThrow())
            .toString());
  }

  @Test
  void aDeploymentThatHasDoneSomethingSaysWhat() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.put(EntryState.WAITING, Scene.name(1));
    scene.put(EntryState.FAILED, Scene.name(2));
    assertEquals(
        """
        {"deployment":"website","repository":"example/website","trigger":"branch main",\
        "branch":"main","enabled":true,"state":"failed","paused":null,"last_release":%s,\
        "commit":"1111111111111111111111111111111111111111","age":60,"queue_depth":1,\
        "active":null,"failed_entries":1,"waiting_for":null,"warning":null}\
        """
            .formatted(RELEASE),
        deployment());
  }

  @Test
  void anOrphanHasNoTriggerAndNoRepository() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(1));
    scene.routes.clear();
    assertEquals(
        """
        {"deployment":"website","repository":null,"trigger":null,"enabled":false,\
        "state":"orphaned","paused":null,"last_release":null,"commit":null,"age":null,\
        "queue_depth":1,"active":null,"failed_entries":0,\
        "waiting_for":"the deployment to be configured again","warning":null}\
        """,
        deployment());
  }

  @Test
  void theRecordStoresAbsenceIsAWarning() throws IOException {
    scene.ledger.unavailable(true);
    assertEquals(
        """
        {"deployment":"website","repository":"example/website","trigger":"branch main",\
        "branch":"main","enabled":true,"state":"idle","paused":null,"last_release":null,\
        "commit":null,"age":null,"queue_depth":0,"active":null,"failed_entries":0,\
        "waiting_for":null,"warning":"the record store does not answer"}\
        """,
        deployment());
  }

  @Test
  void anEntryIsWhatItHoldsAndWhereItLies() throws IOException {
    scene.put(EntryState.FAILED, Scene.name(1));
    assertEquals(
        List.of(
            """
            {"deployment":"website","entry":"1795255201000000000.json","state":"failed",\
            "event_id":"delivery-1795255201000000000","event":"push",\
            "received_at":"2026-11-21T10:00:00Z","source":"webhook","ref":"refs/heads/main",\
            "commit":"1111111111111111111111111111111111111111","reason":"it broke",\
            "attempts":0,"next_try":null}\
            """),
        entries());
  }

  @Test
  void anEntryThatIsNoEventHasItsNameAndWhatIsWrong() throws IOException {
    scene.queue();
    Files.writeString(scene.state.queue(Scene.SITE).resolve(Scene.name(1).value()), "[]");
    assertEquals(
        List.of(
            """
            {"deployment":"website","entry":"1795255201000000000.json","state":"waiting",\
            "event_id":null,"event":null,"received_at":"2026-11-21T10:00:01Z","source":null,\
            "ref":null,"commit":null,"reason":"unreadable: it is not a JSON object",\
            "attempts":0,"next_try":null}\
            """),
        entries());
  }

  @Test
  void answersSayWhatWasDone() throws IOException {
    Acts acts = new Acts(scene.sources);
    assertEquals(
        "{\"deployment\":\"website\",\"paused\":\"why\"}",
        Views.answer(acts.pause(Scene.SITE, Optional.of("why"))).toString());
    assertEquals(
        "{\"deployment\":\"website\",\"paused\":null}",
        Views.answer(acts.resume(Scene.SITE)).toString());
    assertEquals(
        "{\"refused\":\"not_now\",\"reason\":\"Deployment website is not paused.\"}",
        Views.answer(acts.resume(Scene.SITE)).toString());
  }

  private String deployment() throws IOException {
    List<?> all = Views.deployments(new Snapshots(scene.sources).take());
    assertEquals(
        all.getFirst().toString(),
        Views.deployment(new Snapshots(scene.sources).of(Scene.SITE).orElseThrow()).toString());
    return all.getFirst().toString();
  }

  private List<String> entries() throws IOException {
    return new Queues(scene.sources)
        .of(Scene.SITE, 10).entries().stream().map(it -> Views.entry(it).toString()).toList();
  }
}
