package dev.slipway.housekeeping;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.time.Instant;

/**
 * Releases on record, of all deployments and hosts; never one whose tree is kept here, nor a later
 * one.
 */
final class OldReleases implements Chore {
  private final Premises premises;

  OldReleases(Premises premises) {
    this.premises = premises;
  }

  @Override
  public String what() {
    return "release";
  }

  @Override
  public int clear(Instant now) throws IOException, LedgerUnavailable {
    int forgotten = 0;
    for (Release newest : premises.ledger().newest()) {
      int below = newest.version().value() - Keep.RELEASES + 1;
      for (ReleaseNumber tree : premises.trees().of(newest.deployment())) {
        below = Math.min(below, tree.value());
      }
      if (below > 1) {
        forgotten +=
            premises
                .attic()
                .forgetReleases(
                    newest.deployment(),
                    new ReleaseNumber(below),
                    now.minus(Keep.RELEASES_AGE),
                    Keep.RELEASES,
                    SOME);
      }
    }
    return forgotten;
  }
}
