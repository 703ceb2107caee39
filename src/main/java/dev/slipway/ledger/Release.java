package dev.slipway.ledger;

import dev.slipway.event.Source;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One row of {@code release}: a run of a deployment. Times are cut to the millisecond. It has an
 * end exactly when its state is not {@code running}.
 *
 * @param commit absent while a reference is still to be resolved
 * @param host the name of the machine it ran on
 * @param finishedAt absent while it runs
 * @param reason why it ended as it did, absent while it runs
 */
public record Release(
    Slug deployment,
    ReleaseNumber version,
    Optional<CommitId> commit,
    GitRef ref,
    EventId event,
    Source trigger,
    String host,
    ReleaseState state,
    Instant startedAt,
    Optional<Instant> finishedAt,
    Optional<String> reason) {

  public Release {
    if ((state == ReleaseState.RUNNING) != finishedAt.isEmpty()) {
      throw new IllegalArgumentException(
          "a release that is " + state.word() + " with the end " + finishedAt);
    }
    startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    finishedAt = finishedAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    reason = reason.map(Reason::storable);
  }

  /**
   * A release that is about to begin: all but its number, which the record store gives.
   *
   * @param host 1 to 255 characters
   */
  public record Opening(
      Slug deployment,
      Optional<CommitId> commit,
      GitRef ref,
      EventId event,
      Source trigger,
      String host,
      Instant startedAt) {
    private static final int HOST_LIMIT = 255;

    public Opening {
      if (host.isEmpty() || host.length() > HOST_LIMIT) {
        throw new IllegalArgumentException(
            "a host's name has 1 to 255 characters, not " + host.length());
      }
      startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /**
   * How a release ended.
   *
   * @param commit where it is present, it takes the place of the one at the opening
   * @param state any but {@code running}
   */
  public record Ending(
      Slug deployment,
      ReleaseNumber version,
      Optional<CommitId> commit,
      ReleaseState state,
      Instant finishedAt,
      String reason) {

    public Ending {
      if (state == ReleaseState.RUNNING) {
        throw new IllegalArgumentException("a release does not end as running");
      }
      finishedAt = finishedAt.truncatedTo(ChronoUnit.MILLIS);
      reason = Reason.storable(reason);
    }
  }
}
