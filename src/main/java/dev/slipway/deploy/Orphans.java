package dev.slipway.deploy;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.spool.Queue;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues of deployments that nobody works for: taken out of the configuration, or disabled.
 * They stay as they are, but for what an unclean end left in the middle: that release is told to be
 * interrupted, and its entry waits like the others.
 */
public final class Orphans {
  private static final Logger log = LoggerFactory.getLogger(Orphans.class);

  private final Workshop workshop;

  public Orphans(Workshop workshop) {
    this.workshop = workshop;
  }

  /** Clears up every queue that is not one of {@code worked}; called before work begins. */
  public void recover(Collection<Slug> worked)
      throws IOException, LedgerUnavailable, InterruptedException {
    for (Slug slug : workshop.spool().known()) {
      Queue queue = workshop.spool().queue(slug);
      boolean isInTheMiddle = !queue.active().isEmpty() || queue.unfinishedRun().isPresent();
      if (isInTheMiddle && !worked.contains(slug)) {
        recoverUnlessRefused(queue);
      }
    }
  }

  /** What does not let itself be cleared away is not to keep the others from working. */
  private void recoverUnlessRefused(Queue queue) throws LedgerUnavailable, InterruptedException {
    try {
      recover(queue);
    } catch (IOException refused) {
      log.warn(
          "left as it is until the next start deployment={} reason={}",
          queue.slug(),
          refused.toString());
    }
  }

  private void recover(Queue queue) throws IOException, LedgerUnavailable, InterruptedException {
    Optional<Leases> leases = Leases.tryAcquire(workshop.locks(), queue.slug(), List.of());
    if (leases.isEmpty()) {
      log.info("left as it is, another host has its lock deployment={}", queue.slug());
      return;
    }
    try (Leases held = leases.get()) {
      new Recovery(workshop, queue).run(Recovery.Cause.DAEMON_ENDED);
    }
  }
}
