package dev.slipway.time;

import java.time.Duration;

/**
 * A point on the clock that only runs forward ({@link System#nanoTime}), so a step of the wall
 * clock neither shortens nor lengthens a time limit. Good within this run of the program only.
 */
public record Deadline(long nanos) {
  // Far enough for any limit, near enough that differences of nanoTime do not overflow.
  private static final Duration FAREST = Duration.ofDays(36_500);

  /** The point that lies {@code limit} ahead; a hundred years at most, now where it is negative. */
  public static Deadline after(Duration limit) {
    Duration bounded = limit.compareTo(FAREST) > 0 ? FAREST : limit;
    long ahead = bounded.isNegative() ? 0 : bounded.toNanos();
    return new Deadline(System.nanoTime() + ahead);
  }

  /** The time that is left, zero or more. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  public boolean isPast() {
    return nanos - System.nanoTime() <= 0;
  }
}
