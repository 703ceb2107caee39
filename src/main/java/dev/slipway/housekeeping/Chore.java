package dev.slipway.housekeeping;

import dev.slipway.ledger.LedgerUnavailable;
import java.io.IOException;
import java.time.Instant;

/** One kind of thing that does not stay for ever. */
interface Chore {
  /** The most that one call takes away. */
  int SOME = 500;

  /** What is cleared away, for the log. */
  String what();

  /**
   * Takes away some of what need not be kept.
   *
   * @return how many; {@link #SOME} or more: there may be others
   */
  int clear(Instant now) throws IOException, LedgerUnavailable;
}
