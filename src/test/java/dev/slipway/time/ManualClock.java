package dev.slipway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock and a ticker that move only when a test moves them. Any thread. */
public final class ManualClock implements InstantSource, Monotonic {
  private Instant now;
  private long nanos;

  public ManualClock(Instant now) {
    this.now = now;
  }

  /** A clock that stands at some ordinary moment. */
  public static ManualClock atSomeMoment() {
    return new ManualClock(Instant.parse("2025-11-21T06:20:00.123456789Z"));
  }

  /** Time passes, for both clocks. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the wall clock, ahead or back; no time passes. */
  public synchronized void step(Duration correction) {
    now = now.plus(correction);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }
}
