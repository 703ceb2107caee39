package dev.slipway.deploy;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.time.Bell;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what the disk or the record store refuses, until it is done or nobody waits any more. For
 * what a release did already and cannot be undone: without this it would be run again. One thread
 * waits; any may {@link #end}.
 */
final class Patience {
  private static final Logger log = LoggerFactory.getLogger(Patience.class);

  /** The rest between two tries. */
  private static final Duration REST = Duration.ofMillis(500);

  private final Slug slug;
  private final Bell hurry = new Bell();
  private volatile boolean ended;

  Patience(Slug slug) {
    this.slug = slug;
  }

  /** Something that may be refused for a while, and may be done twice. */
  @FunctionalInterface
  interface Act {
    void run() throws IOException, LedgerUnavailable;
  }

  /** The daemon ends: from now on the first refusal counts. */
  void end() {
    ended = true;
    hurry.ring();
  }

  /** Does it, as often as it takes; throws the refusal when nobody waits any more. */
  void until(Act act) throws IOException, LedgerUnavailable, InterruptedException {
    boolean said = false;
    while (true) {
      try {
        act.run();
        return;
      } catch (IOException | LedgerUnavailable refusal) {
        if (ended) {
          throw refusal;
        }
        if (!said) {
          log.warn("waits to record an end deployment={} reason={}", slug, refusal.toString());
        }
        said = true;
        hurry.rest(REST);
      }
    }
  }
}
