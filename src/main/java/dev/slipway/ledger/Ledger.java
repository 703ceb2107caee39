package dev.slipway.ledger;

import dev.slipway.vocabulary.ReleaseNumber;
import java.util.Collection;

/** What is finished; see the package for the protocol. */
public interface Ledger extends History {
  /**
   * Records outcomes in one transaction. Where an event is already recorded for that deployment,
   * the first record stands.
   */
  void record(Collection<ProcessedEvent> events) throws LedgerUnavailable;

  /**
   * Opens a release in the state {@code running} under the deployment's next free number. When the
   * answer of the record store is lost, the release may stand there all the same: it shows among
   * {@link #running}.
   */
  ReleaseNumber open(Release.Opening opening) throws LedgerUnavailable;

  /** Ends a running release; one that has ended already, or is not known, stays as it is. */
  void end(Release.Ending ending) throws LedgerUnavailable;

  /**
   * Ends a release and records its event in one transaction.
   *
   * @return false when the event was already recorded for the deployment: that record stands, and
   *     the release is ended all the same
   */
  boolean end(Release.Ending ending, ProcessedEvent event) throws LedgerUnavailable;
}
