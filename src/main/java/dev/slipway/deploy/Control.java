package dev.slipway.deploy;

import dev.slipway.process.Cancellation;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The way to end a run early: the first reason counts. Any thread. */
final class Control {
  private final AtomicReference<Optional<Stop>> stop = new AtomicReference<>(Optional.empty());
  private final Cancellation cancellation = new Cancellation();

  /** Ends the run, unless something else ends it already. */
  void stop(Stop why) {
    if (stop.compareAndSet(Optional.empty(), Optional.of(why))) {
      cancellation.cancel(why.describe());
    }
  }

  Optional<Stop> stopped() {
    return stop.get();
  }

  Cancellation cancellation() {
    return cancellation;
  }
}
