package dev.slipway.ledger;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The reading half of the {@link Ledger}: what is recorded. Commands need no more than this. */
public interface History {
  /** All that is recorded of these events, in no order. */
  List<ProcessedEvent> processed(Collection<EventId> ids) throws LedgerUnavailable;

  /** A deployment's releases, newest first, those below {@code before} where it is given. */
  List<Release> releases(Slug deployment, Optional<ReleaseNumber> before, int limit)
      throws LedgerUnavailable;

  /** One release. */
  Optional<Release> release(Slug deployment, ReleaseNumber version) throws LedgerUnavailable;

  /** The releases that one event started for a deployment, newest first. */
  List<Release> releasesOf(EventId event, Slug deployment) throws LedgerUnavailable;

  /** The newest release that succeeded: what is live. */
  Optional<Release> live(Slug deployment) throws LedgerUnavailable;

  /** The releases of this host that are still {@code running}, by deployment, newest first. */
  List<Release> running(String host) throws LedgerUnavailable;

  /**
   * Whether an event of this commit was ever worked off for the deployment, or a release made of
   * it, whatever became of them.
   */
  boolean knows(Slug deployment, CommitId commit) throws LedgerUnavailable;

  /** The newest release of each deployment that has one, by deployment. */
  List<Release> newest() throws LedgerUnavailable;
}
