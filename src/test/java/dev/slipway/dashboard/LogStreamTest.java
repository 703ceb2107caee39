package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.ReleaseState;
import dev.slipway.status.Scene;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogStreamTest {
  private static final String LOG = "/api/v1/deployments/website/releases/1/log";

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
  void theLogIsGivenAsItStandsThere() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    String log = Scene.line("a") + Scene.line("ü") + Scene.completed("succeeded");
    desk.scene.log(1, log);
    HttpResponse<String> answer = desk.get(LOG);
    assertEquals(200, answer.statusCode());
    assertEquals(Optional.of("application/x-ndjson"), answer.headers().firstValue("Content-Type"));
    assertEquals(log, answer.body());
  }

  @Test
  void aLineThatIsStillBeingWrittenIsNotGivenYet() throws Exception {
    desk.scene.release(1, ReleaseState.RUNNING);
    desk.scene.log(1, Scene.line("a") + "{\"at\":");
    assertEquals(Scene.line("a"), desk.get(LOG).body());
  }

  @Test
  void aReleaseThatJustBeganHasAnEmptyLog() throws Exception {
    desk.scene.release(1, ReleaseState.RUNNING);
    HttpResponse<String> answer = desk.get(LOG);
    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void aLogThatIsOnAnotherHostIsNotFoundAndSaysWhere() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    HttpResponse<String> answer = desk.get(LOG);
    assertEquals(404, answer.statusCode());
    assertTrue(answer.body().contains("on host host"), answer.body());
  }

  @Test
  void aLongLogIsGivenWhole() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    String log = Scene.line("x".repeat(500)).repeat(4_000) + Scene.completed("succeeded");
    desk.scene.log(1, log);
    assertEquals(log, desk.get(LOG).body());
  }

  @Test
  void eventsCarryTheNumbersOfTheirLinesAndEndWithTheLast() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    desk.scene.log(1, Scene.line("a") + Scene.completed("succeeded"));
    HttpResponse<String> answer = desk.send(events());
    assertEquals(200, answer.statusCode());
    assertEquals(Optional.of("text/event-stream"), answer.headers().firstValue("Content-Type"));
    assertEquals(
        """
        id: 1
        data: %s

        id: 2
        data: %s

        """
            .formatted(Scene.line("a").strip(), Scene.completed("succeeded").strip()),
        answer.body());
  }

  @Test
  void whoComesBackGetsWhatFollowed() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    desk.scene.log(1, Scene.line("a") + Scene.line("b") + Scene.completed("succeeded"));
    assertEquals(List.of("id: 2", "id: 3"), ids(desk.send(events().header("Last-Event-ID", "1"))));
    assertEquals(
        List.of("id: 1", "id: 2", "id: 3"),
        ids(desk.send(events().header("Last-Event-ID", "nonsense"))));
  }

  @Test
  void whoHasSeenTheLastMessageNeedNotComeBack() throws Exception {
    desk.scene.release(1, ReleaseState.SUCCEEDED);
    desk.scene.log(1, Scene.line("a") + Scene.completed("succeeded"));
    HttpResponse<String> answer = desk.send(events().header("Last-Event-ID", "2"));
    assertEquals(204, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void messagesComeWhileTheReleaseRuns() throws Exception {
    desk.scene.release(1, ReleaseState.RUNNING);
    HttpResponse<Stream<String>> answer = desk.stream(events());
    assertEquals(200, answer.statusCode());
    Iterator<String> lines = answer.body().iterator();
    assertEquals(": waiting", lines.next());
    desk.scene.log(1, Scene.line("a"));
    assertEquals("data: " + Scene.line("a").strip(), nextData(lines));
    desk.scene.log(1, Scene.line("b"));
    assertEquals("data: " + Scene.line("b").strip(), nextData(lines));
    desk.scene.log(1, Scene.completed("failed"));
    assertEquals("data: " + Scene.completed("failed").strip(), nextData(lines));
    lines.forEachRemaining(rest -> assertEquals("", rest));
  }

  @Test
  void noMoreThanSoManyAreFollowedAtOnce() throws Exception {
    desk.scene.release(1, ReleaseState.RUNNING);
    List<Stream<String>> followed = new ArrayList<>();
    for (int i = 0; i < LogStream.STREAMS; i++) {
      followed.add(desk.stream(events()).body());
    }
    assertEquals(503, desk.send(events()).statusCode());
    assertEquals(200, desk.get(LOG).statusCode());
    desk.scene.log(1, Scene.completed("succeeded"));
    for (Stream<String> one : followed) {
      assertTrue(one.anyMatch(line -> line.contains("completed")));
    }
    assertEquals(200, desk.send(events()).statusCode());
  }

  @Test
  void closingTheListenerEndsTheStreams() throws Exception {
    desk.scene.release(1, ReleaseState.RUNNING);
    Iterator<String> lines = desk.stream(events()).body().iterator();
    lines.next();
    assertTimeoutPreemptively(Desk.PATIENCE, desk.listener::close);
    boolean ended = false;
    try {
      while (lines.hasNext()) {
        lines.next();
      }
      ended = true;
    } catch (java.io.UncheckedIOException cut) {
      ended = true;
    }
    assertTrue(ended);
  }

  @Test
  void aHeadAsksForNoStream() throws Exception {
    desk.scene.release(1, ReleaseState.RUNNING);
    HttpResponse<String> answer =
        desk.send(events().method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode());
    assertFalse(answer.body().contains("waiting"));
  }

  private HttpRequest.Builder events() {
    return desk.request(LOG).header("Accept", "text/event-stream");
  }

  private static List<String> ids(HttpResponse<String> answer) {
    return answer.body().lines().filter(line -> line.startsWith("id: ")).toList();
  }

  private static String nextData(Iterator<String> lines) {
    String line = lines.next();
    while (!line.startsWith("data: ")) {
      line = lines.next();
    }
    return line;
  }
}
