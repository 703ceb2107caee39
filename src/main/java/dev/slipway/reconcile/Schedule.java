package dev.slipway.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which deployments are looked at, and how often.
 *
 * @param every the rest between two looks at one deployment, longer than 0; absent: none is looked
 *     at
 */
public record Schedule(Optional<Duration> every, List<Followed> followed) {
  public Schedule {
    followed = List.copyOf(followed);
    if (every.filter(rest -> !rest.isPositive()).isPresent()) {
      throw new IllegalArgumentException("the rest between two looks is longer than 0");
    }
  }
}
