package dev.slipway.dashboard;

import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.status.DeploymentState;
import dev.slipway.status.Snapshot;
import dev.slipway.status.Standing;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The figures in Prometheus' text format 0.0.4. What is not known (the record store does not
 * answer, the webhook listener is another process) is left out, not given as zero.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private final Snapshot snapshot;

  private Metrics(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** All figures. */
  static String write(Snapshot snapshot, Vitals vitals) {
    Metrics metrics = new Metrics(snapshot);
    metrics.process(vitals);
    vitals.intake().get().ifPresent(metrics::intake);
    metrics.queues();
    metrics.releases();
    return metrics.text.toString();
  }

  private void process(Vitals vitals) {
    head("slipway_build_info", "gauge", "The program's version.");
    sample("slipway_build_info", "version", vitals.version(), 1);
    head("slipway_up", "gauge", "1 while the daemon answers.");
    sample("slipway_up", 1);
    head("slipway_ready", "gauge", "1 when events can be accepted and worked off.");
    sample("slipway_ready", vitals.obstacles().get().isEmpty() ? 1 : 0);
    head("slipway_record_store_up", "gauge", "1 when the record store answers.");
    sample("slipway_record_store_up", snapshot.warning().isEmpty() ? 1 : 0);
  }

  private void intake(Vitals.Intake counts) {
    head("slipway_events_accepted_total", "counter", "Events made durable since the start.");
    sample("slipway_events_accepted_total", counts.accepted());
    head("slipway_events_refused_total", "counter", "Deliveries refused since the start.");
    for (Map.Entry<Integer, Long> refused : new TreeMap<>(counts.refused()).entrySet()) {
      sample(
          "slipway_events_refused_total",
          "status",
          Integer.toString(refused.getKey()),
          refused.getValue());
    }
  }

  private void queues() {
    head("slipway_unrouted_events", "gauge", "Events before the dispatcher.");
    sample("slipway_unrouted_events", snapshot.unrouted().waiting());
    head("slipway_corrupt_entries", "gauge", "Entries put aside because they are no event.");
    sample("slipway_corrupt_entries", snapshot.unrouted().corrupt());
    each("slipway_queue_depth", "Entries that wait.", it -> of(it.queue().waiting()));
    each("slipway_active_entries", "Entries being deployed.", it -> of(it.queue().active()));
    each("slipway_failed_entries", "Entries given up.", it -> of(it.queue().failed()));
    each("slipway_paused", "1 while nothing new starts.", it -> of(it.queue().paused()));
    head("slipway_deployment_state", "gauge", "1 for the state that the deployment is in.");
    for (Standing standing : snapshot.deployments()) {
      for (DeploymentState state : DeploymentState.values()) {
        sample(
            "slipway_deployment_state", labels(standing, state.word()), standing.state() == state);
      }
    }
  }

  private void releases() {
    head("slipway_last_release_state", "gauge", "1 for the state of the newest release.");
    for (Standing standing : snapshot.deployments()) {
      Optional<Release> newest = standing.recorded().newest();
      for (ReleaseState state : ReleaseState.values()) {
        newest.ifPresent(it ->
            sample(
                "slipway_last_release_state", labels(standing, state.word()), it.state() == state));
      }
    }
    each(
        "slipway_last_release_number",
        "The number of the newest release.",
        it -> it.recorded().newest().map(release -> (long) release.version().value()));
    each(
        "slipway_last_release_started_seconds",
        "When the newest release began, in Unix time.",
        it -> it.recorded().newest().map(release -> release.startedAt().getEpochSecond()));
    each(
        "slipway_last_release_finished_seconds",
        "When the newest release ended, in Unix time.",
        it ->
            it.recorded()
                .newest()
                .flatMap(Release::finishedAt)
                .map(finished -> finished.getEpochSecond()));
  }

  private void each(String name, String help, Function<Standing, Optional<Long>> figure) {
    head(name, "gauge", help);
    for (Standing standing : snapshot.deployments()) {
      figure
          .apply(standing)
          .ifPresent(value -> sample(name, "deployment", standing.slug().value(), value));
    }
  }

  private static Optional<Long> of(int count) {
    return Optional.of((long) count);
  }

  private static Optional<Long> of(Optional<?> there) {
    return of(there.isPresent() ? 1 : 0);
  }

  private static String labels(Standing standing, String state) {
    return "deployment=\"" + standing.slug() + "\",state=\"" + state + "\"";
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  private void sample(String name, String label, String is, long value) {
    String escaped = is.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    sample(name + "{" + label + "=\"" + escaped + "\"}", value);
  }

  private void sample(String name, String labels, boolean holds) {
    sample(name + "{" + labels + "}", holds ? 1 : 0);
  }
}
