package dev.slipway.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Under which conditions a deployment runs.
 *
 * @param timeout for one release, checkout included
 * @param locks named locks held while it deploys
 * @param environment added to the steps' environment
 */
public record Conditions(
    Tries tries,
    Succession succession,
    Duration timeout,
    List<String> locks,
    Map<String, String> environment) {
  public Conditions {
    locks = List.copyOf(locks);
    environment = Map.copyOf(environment);
  }

  /**
   * How often what fails is tried.
   *
   * @param attempts tries before an entry is parked, 1 or more
   * @param backoff the rest before the second try; doubles with each further one
   */
  public record Tries(int attempts, Duration backoff) {
    public Tries {
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts is 1 or more, not " + attempts);
      }
    }
  }

  /**
   * What a newer push to the same branch does to an older one.
   *
   * @param coalesce the older one is not deployed if it still waits
   * @param cancelRunning it is ended if it runs
   */
  public record Succession(boolean coalesce, boolean cancelRunning) {
    /** Every push is deployed. */
    public static final Succession NONE = new Succession(false, false);
  }
}
