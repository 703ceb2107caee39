package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.ReleaseState;
import dev.slipway.status.Acts;
import dev.slipway.status.EntryState;
import dev.slipway.status.Scene;
import dev.slipway.status.Snapshots;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {
  private static final Vitals ALONE =
      new Vitals(Optional::empty, () -> List.of("the disk is full"), "1.\"2");
  private static final Vitals WITH_INTAKE =
      new Vitals(
          () -> Optional.of(new Vitals.Intake(7, Map.of(403, 2L, 400, 1L))), List::of, "1.2.3");

  /** Prometheus' own rules for a line of the format. */
  private static final Pattern LINE =
      Pattern.compile(
          "# (HELP|TYPE) [a-z_]+ .+"
              + "|[a-z_]+(\\{[a-z_]+=\"([^\"\\\\]|\\\\.)*\"(,[a-z_]+=\"[^\"]*\")*\\})? [0-9]+");

  @TempDir Path root;
  private Scene scene;

  @BeforeEach
  void setUp() throws IOException {
    scene = new Scene(root);
  }

  @Test
  void theFiguresSayHowItStands() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.release(1, ReleaseState.FAILED);
    scene.put(EntryState.WAITING, Scene.name(1));
    scene.put(EntryState.FAILED, Scene.name(2));
    new Acts(scene.sources).pause(Scene.SITE, Optional.empty());
    List<String> lines = lines(WITH_INTAKE);
    for (String expected :
        List.of(
            "slipway_build_info{version=\"1.2.3\"} 1",
            "slipway_up 1",
            "slipway_ready 1",
            "slipway_record_store_up 1",
            "slipway_events_accepted_total 7",
            "slipway_events_refused_total{status=\"400\"} 1",
            "slipway_events_refused_total{status=\"403\"} 2",
            "slipway_unrouted_events 0",
            "slipway_corrupt_entries 0",
            "slipway_queue_depth{deployment=\"website\"} 1",
            "slipway_active_entries{deployment=\"website\"} 0",
            "slipway_failed_entries{deployment=\"website\"} 1",
            "slipway_paused{deployment=\"website\"} 1",
            "slipway_deployment_state{deployment=\"website\",state=\"paused\"} 1",
            "slipway_deployment_state{deployment=\"website\",state=\"idle\"} 0",
            "slipway_last_release_state{deployment=\"website\",state=\"failed\"} 1",
            "slipway_last_release_state{deployment=\"website\",state=\"succeeded\"} 0",
            "slipway_last_release_number{deployment=\"website\"} 2",
            "slipway_last_release_started_seconds{deployment=\"website\"} 1795255110",
            "slipway_last_release_finished_seconds{deployment=\"website\"} 1795255140")) {
      assertTrue(lines.contains(expected), expected + " is not in\n" + String.join("\n", lines));
    }
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.ledger.unavailable(true);
    List<String> lines = lines(ALONE);
    assertTrue(lines.contains("slipway_ready 0"));
    assertTrue(lines.contains("slipway_record_store_up 0"));
    assertFalse(lines.stream().anyMatch(line -> line.contains("events_accepted")));
    assertFalse(lines.stream().anyMatch(line -> line.startsWith("slipway_last_release")));
  }

  @Test
  void everyLineIsOneThatPrometheusReads() throws Exception {
    scene.release(1, ReleaseState.RUNNING);
    for (Vitals vitals : List.of(ALONE, WITH_INTAKE)) {
      for (String line : lines(vitals)) {
        assertTrue(LINE.matcher(line).matches(), line);
      }
    }
  }

  @Test
  void noNameIsDescribedTwice() throws Exception {
    List<String> types = lines(WITH_INTAKE).stream().filter(it -> it.startsWith("# TYPE")).toList();
    assertEquals(types.stream().distinct().toList(), types);
  }

  @Test
  void theyAreServedAsPrometheusExpectsThem() throws Exception {
    try (Desk desk = new Desk(root.resolve("desk"))) {
      HttpResponse<String> answer = desk.get("/metrics");
      assertEquals(200, answer.statusCode());
      assertEquals(
          Optional.of("text/plain; version=0.0.4; charset=utf-8"),
          answer.headers().firstValue("Content-Type"));
      assertTrue(answer.body().contains("slipway_events_accepted_total 7\n"), answer.body());
      desk.intake.set(Optional.empty());
      assertFalse(desk.get("/metrics").body().contains("slipway_events_accepted_total"));
    }
  }

  private List<String> lines(Vitals vitals) throws IOException {
    return Metrics.write(new Snapshots(scene.sources).take(), vitals).lines().toList();
  }
}
