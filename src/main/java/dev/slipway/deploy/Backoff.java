package dev.slipway.deploy;

import java.time.Duration;
import java.util.Optional;

/**
 * When a failed run is tried again. The rest before the second try is what the configuration says;
 * it doubles from try to try, up to {@link #CAP} or the configured rest where that is longer.
 */
final class Backoff {
  static final Duration CAP = Duration.ofMinutes(10);

  /** What is added at most, so that what failed together is not tried together. */
  private static final double SPREAD = 0.25;

  private Backoff() {}

  /**
   * The rest before a failed run is tried again; empty where it is given up: its tries are used up,
   * or another one could not end otherwise.
   *
   * @param made how many tries were made, 1 or more
   * @param chance 0 to 1; how much of the spread is added
   */
  static Optional<Duration> before(
      Failure failure, Conditions.Tries tries, int made, double chance) {
    return failure.isWorthRetrying() && made < tries.attempts()
        ? Optional.of(rest(tries.backoff(), made, chance))
        : Optional.empty();
  }

  /** Never shorter than {@code first}. */
  static Duration rest(Duration first, int tries, double chance) {
    Duration cap = cap(first);
    Duration rest = first;
    for (int i = 1; i < tries && rest.compareTo(cap) < 0 && rest.isPositive(); i++) {
      rest = rest.multipliedBy(2);
    }
    Duration capped = rest.compareTo(cap) < 0 ? rest : cap;
    return capped.plusMillis((long) (capped.toMillis() * SPREAD * chance));
  }

  /** No rest is longer: one that seems so was written before the clock was set back. */
  static Duration longest(Duration first) {
    return cap(first).plusMillis((long) (cap(first).toMillis() * SPREAD));
  }

  private static Duration cap(Duration first) {
    return first.compareTo(CAP) > 0 ? first : CAP;
  }
}
