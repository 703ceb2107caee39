package dev.slipway.intake;

import dev.slipway.intake.Receipt.Accepted;
import dev.slipway.intake.Receipt.Refused;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what the listener accepts and refuses, and writes a line for each. Strangers can cause as
 * many refusals as they like, so only {@value #LINES} of them in a minute get a line; the next
 * minute's first says how many got none.
 *
 * <p>Any thread.
 */
final class Journal {
  static final int LINES = 60;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger("dev.slipway.intake");

  private final InstantSource clock;
  private final IntakeCounts counts = new IntakeCounts();
  private final ReentrantLock lock = new ReentrantLock();
  private Instant since = Instant.MIN;
  private long lines;

  Journal(InstantSource clock) {
    this.clock = clock;
  }

  IntakeCounts counts() {
    return counts;
  }

  void accepted(Accepted receipt) {
    counts.countAccepted();
    LOG.info(
        "accepted event={} kind={} entry={} remote={}",
        receipt.delivery().id(),
        receipt.delivery().kind(),
        receipt.entry(),
        receipt.delivery().remote().getHostAddress());
  }

  void refused(Refused refusal, InetAddress remote) {
    counts.countRefused(refusal.status());
    if (mayWrite()) {
      LOG.info(
          "refused status={} remote={} reason=\"{}\"",
          refusal.status(),
          remote.getHostAddress(),
          refusal.detail());
    }
  }

  private boolean mayWrite() {
    Instant now = clock.instant();
    lock.lock();
    try {
      if (now.isBefore(since) || !now.isBefore(since.plus(MINUTE))) {
        if (lines > LINES) {
          LOG.info("refused without a line of its own count={}", lines - LINES);
        }
        since = now;
        lines = 0;
      }
      lines++;
      return lines <= LINES;
    } finally {
      lock.unlock();
    }
  }
}
