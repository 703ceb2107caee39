package dev.slipway.housekeeping;

import dev.slipway.ledger.Attic;
import dev.slipway.ledger.LedgerUnavailable;
import java.time.Instant;

/** Events on record, of all deployments and hosts. */
final class OldEvents implements Chore {
  private final Attic attic;

  OldEvents(Attic attic) {
    this.attic = attic;
  }

  @Override
  public String what() {
    return "processed_event";
  }

  @Override
  public int clear(Instant now) throws LedgerUnavailable {
    return attic.forgetEvents(now.minus(Keep.EVENTS_AGE), Keep.EVENTS, SOME);
  }
}
