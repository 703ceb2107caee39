package dev.slipway.status;

import dev.slipway.dispatch.Route;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.Slug;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How one deployment stands.
 *
 * @param route absent where it is no longer configured
 * @param at when this was so
 */
public record Standing(
    Slug slug, Optional<Route> route, QueueState queue, Recorded recorded, Instant at) {

  /** All of it in one word. */
  public DeploymentState state() {
    if (route.isEmpty()) {
      return DeploymentState.ORPHANED;
    }
    if (queue.active().isPresent()) {
      return DeploymentState.RUNNING;
    }
    if (!route.get().enabled()) {
      return DeploymentState.DISABLED;
    }
    if (queue.paused().isPresent()) {
      return DeploymentState.PAUSED;
    }
    if (queue.failed() > 0) {
      return DeploymentState.FAILED;
    }
    return queue.waiting() > 0 ? DeploymentState.WAITING : DeploymentState.IDLE;
  }

  /** The commit that is live, where it is known. */
  public Optional<CommitId> commit() {
    return recorded.current().flatMap(Release::commit);
  }

  /** How long ago the last release ended; began, where it still runs. */
  public Optional<Duration> age() {
    return recorded
        .newest()
        .map(last -> Duration.between(last.finishedAt().orElse(last.startedAt()), at))
        .map(age -> age.isNegative() ? Duration.ZERO : age);
  }

  /** Why the last release did not come to be live, where nothing has happened since. */
  public Optional<String> failure() {
    return recorded
        .newest()
        .filter(
            last -> last.state() == ReleaseState.FAILED || last.state() == ReleaseState.ROLLED_BACK)
        .flatMap(Release::reason);
  }

  /** What holds back entries that wait, as far as the files say it. */
  public Optional<String> waitingFor() {
    if (queue.waiting() == 0 || queue.active().isPresent()) {
      return Optional.empty();
    }
    if (route.isEmpty()) {
      return Optional.of("the deployment to be configured again");
    }
    if (queue.paused().isPresent()) {
      return Optional.of("the deployment to be resumed");
    }
    if (queue.obstacle().isPresent()) {
      return queue.obstacle();
    }
    return queue
        .retry()
        .map(Retry::notBefore)
        .filter(at::isBefore)
        .map(due -> "the next try at " + due.truncatedTo(ChronoUnit.SECONDS));
  }
}
