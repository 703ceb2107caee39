package dev.slipway.deploy;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Under which conditions a deployment runs.
 *
 * @param attempts tries before an entry is parked, 1 or more
 * @param retryBackoff the rest before the second try; doubles with each further one
 * @param timeout for one release, checkout included
 * @param locks named locks held while it deploys
 * @param environment added to the steps' environment
 */
public record Conditions(
    int attempts,
    Duration retryBackoff,
    Duration timeout,
    List<String> locks,
    Map<String, String> environment) {
  public Conditions {
    locks = List.copyOf(locks);
    environment = Map.copyOf(environment);
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is 1 or more, not " + attempts);
    }
  }
}
