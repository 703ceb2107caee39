package dev.slipway.ledger;

import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.time.Instant;

/**
 * The oldest part of the record store, for whoever clears it. Each call is short, takes rows from
 * the old end only and looks at no more of them than it may take, so it holds nobody up and may be
 * repeated at will, on several hosts at once, too.
 */
public interface Attic {
  /**
   * Forgets events that were recorded before {@code before}, the oldest first; never the newest
   * {@code kept} of a deployment, nor so many of those that no deployment took.
   *
   * @param limit at most so many of each deployment
   * @return how many were forgotten
   */
  int forgetEvents(Instant before, int kept, int limit) throws LedgerUnavailable;

  /**
   * Forgets releases of a deployment that have ended and were started before {@code before}, the
   * oldest first; never the newest {@code succeeded} that succeeded, nor the newest of all, by
   * which the next one gets its number.
   *
   * @param below forgets no release of this number or a later one
   * @param limit at most so many are looked at beyond those that are kept
   * @return how many were forgotten
   */
  int forgetReleases(Slug deployment, ReleaseNumber below, Instant before, int succeeded, int limit)
      throws LedgerUnavailable;
}
