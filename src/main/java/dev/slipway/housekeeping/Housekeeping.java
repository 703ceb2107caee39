package dev.slipway.housekeeping;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.time.Loop;
import dev.slipway.time.Monotonic;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away, every hour, what need not be kept. Each step does a bounded part of one chore and
 * then rests several times as long as it took, so that what is being deployed is not held up. One
 * thread.
 */
public final class Housekeeping implements Loop {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  /** A start has better things to do, and the clock may not be right yet. */
  static final Duration FIRST = Duration.ofMinutes(10);

  static final Duration EVERY = Duration.ofHours(1);

  /** The least rest between two steps. */
  static final Duration PAUSE = Duration.ofMillis(50);

  /** A step is followed by a rest of so many times its own length. */
  private static final int SHARE = 4;

  /** What there is to do, found anew for each round. */
  @FunctionalInterface
  interface Round {
    Deque<Chore> chores() throws IOException;
  }

  private final Round round;
  private final InstantSource clock;
  private final Monotonic ticker;
  private final Deque<Chore> left = new ArrayDeque<>();
  private long dueAt;

  Housekeeping(Round round, InstantSource clock, Monotonic ticker) {
    this.round = round;
    this.clock = clock;
    this.ticker = ticker;
    this.dueAt = ticker.nanos() + FIRST.toNanos();
  }

  /** On these premises. */
  public static Housekeeping of(Premises premises, InstantSource clock, Monotonic ticker) {
    return new Housekeeping(premises::chores, clock, ticker);
  }

  @Override
  public Duration step() throws IOException {
    long now = ticker.nanos();
    if (left.isEmpty()) {
      if (now - dueAt < 0) {
        return Duration.ofNanos(dueAt - now);
      }
      dueAt = now + EVERY.toNanos();
      left.addAll(round.chores());
    }
    Chore chore = left.peekFirst();
    if (chore != null && !hasMore(chore)) {
      left.removeFirst();
    }
    Duration rest = Duration.ofNanos(SHARE * (ticker.nanos() - now));
    return rest.compareTo(PAUSE) > 0 ? rest : PAUSE;
  }

  private boolean hasMore(Chore chore) {
    try {
      int cleared = chore.clear(clock.instant());
      if (cleared > 0) {
        log.info("cleared away what={} count={}", chore.what(), cleared);
      }
      return cleared >= Chore.SOME;
    } catch (IOException | LedgerUnavailable refused) {
      // The others need not wait for it, and it is tried again in the next round.
      log.warn("not cleared away what={} reason={}", chore.what(), refused.toString());
      return false;
    }
  }
}
