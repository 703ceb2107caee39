package dev.slipway.status;

import dev.slipway.ledger.History;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.status.Answer.Refused;
import dev.slipway.status.Answer.Why;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.util.List;
import java.util.Optional;

/** Chooses the release to go back to. */
final class Rollbacks {
  private static final int PAGE = 100;

  private final History history;

  Rollbacks(History history) {
    this.history = history;
  }

  /** What was chosen. */
  sealed interface Choice {
    /** This one, which succeeded and has a commit. */
    record Back(Release release) implements Choice {}

    record None(Refused refused) implements Choice {}
  }

  Choice choose(Slug slug, Optional<ReleaseNumber> wanted) throws LedgerUnavailable {
    return wanted.isPresent() ? check(slug, wanted.get()) : newestBefore(slug);
  }

  private Choice check(Slug slug, ReleaseNumber wanted) throws LedgerUnavailable {
    Optional<Release> release = history.release(slug, wanted);
    if (release.isEmpty()) {
      return none(Why.UNKNOWN, "Deployment %s has no release %s.".formatted(slug, wanted));
    }
    if (release.get().state() != ReleaseState.SUCCEEDED || release.get().commit().isEmpty()) {
      return none(
          Why.NOT_NOW,
          "Release %s of %s did not succeed, it is %s."
              .formatted(wanted, slug, release.get().state().word()));
    }
    if (history.live(slug).filter(live -> live.version().equals(wanted)).isPresent()) {
      return none(Why.NOT_NOW, "Release %s of %s is live already.".formatted(wanted, slug));
    }
    return new Choice.Back(release.get());
  }

  private Choice newestBefore(Slug slug) throws LedgerUnavailable {
    Optional<Release> live = history.live(slug);
    Optional<CommitId> now = live.flatMap(Release::commit);
    Optional<ReleaseNumber> before = live.map(Release::version);
    while (before.isPresent()) {
      List<Release> older = history.releases(slug, before, PAGE);
      for (Release release : older) {
        boolean differs = release.commit().isPresent() && !release.commit().equals(now);
        if (release.state() == ReleaseState.SUCCEEDED && differs) {
          return new Choice.Back(release);
        }
      }
      before = older.isEmpty() ? Optional.empty() : Optional.of(older.getLast().version());
    }
    return none(
        Why.NOT_NOW,
        "No earlier release of " + slug + " succeeded with a commit that is not live.");
  }

  private static Choice none(Why why, String reason) {
    return new Choice.None(new Refused(why, reason));
  }
}
