package dev.slipway.system;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what another process does, by looking often. */
final class Until {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Until() {}

  /** Waits until it holds; fails when that takes longer than any working daemon needs. */
  static void holds(String what, Callable<Boolean> condition) {
    within(PATIENCE, what, condition);
  }

  /** Waits until it holds; fails when that takes longer than was promised. */
  static void within(Duration promised, String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK)
        .atMost(promised)
        .until(condition);
  }
}
