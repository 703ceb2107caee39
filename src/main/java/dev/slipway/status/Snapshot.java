package dev.slipway.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How everything stands.
 *
 * @param deployments in the order of their slugs; those no longer configured among them
 * @param warning that the record store did not answer, so that releases are missing
 */
public record Snapshot(
    Instant at, List<Standing> deployments, Unrouted unrouted, Optional<String> warning) {
  public Snapshot {
    deployments = List.copyOf(deployments);
  }

  /**
   * What lies before the dispatcher.
   *
   * @param waiting events not yet routed
   * @param corrupt entries put aside because they are no event
   */
  public record Unrouted(int waiting, int corrupt) {}
}
