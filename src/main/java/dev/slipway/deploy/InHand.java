package dev.slipway.deploy;

import dev.slipway.spool.Claim;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a worker has in hand, for those who may end it. The worker's thread takes and lays down; any
 * may look and stop.
 */
final class InHand {
  /**
   * An entry that is worked on.
   *
   * @param job what it says, once it was read
   */
  record Held(Claim claim, Control control, Optional<Job> job) {}

  private final AtomicReference<Optional<Held>> held = new AtomicReference<>(Optional.empty());
  private volatile boolean draining;

  /** Takes an entry; from now on it can be stopped. */
  Control take(Claim claim) {
    Control control = new Control();
    held.set(Optional.of(new Held(claim, control, Optional.empty())));
    return control;
  }

  /** Says what the entry in hand is about. */
  void runs(Job job) {
    held.updateAndGet(now -> now.map(it -> new Held(it.claim(), it.control(), Optional.of(job))));
  }

  void layDown() {
    held.set(Optional.empty());
  }

  Optional<Held> held() {
    return held.get();
  }

  /** Nothing new may be started; what runs goes on. */
  void drain() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /** Ends what runs now: the daemon ends. */
  void stop() {
    drain();
    held().ifPresent(run -> run.control().stop(new Stop.DaemonEnds()));
  }

  /** Ends what runs now when a file beside it asks for that. */
  void look() throws IOException {
    Optional<Held> run = held();
    if (run.isPresent()) {
      Optional<String> request = run.get().claim().cancelRequest();
      request.ifPresent(reason -> run.get().control().stop(new Stop.ByOperator(reason)));
    }
  }
}
