package dev.slipway.deploy;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.spool.Queue;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues of deployments that nobody works for: taken out of the configuration, or disabled.
 * They stay as they are, but for what an unclean end left in the middle: that release is told to be
 * interrupted, and its entry waits like the others; and what an operator removes there is recorded
 * as cancelled.
 */
public final class Orphans {
  private static final Logger log = LoggerFactory.getLogger(Orphans.class);

  /** How often they are looked at: nobody waits for it. */
  private static final Duration REST = Duration.ofSeconds(5);

  private final Workshop workshop;

  /** As this class sees them; a worker that comes to one has a view of its own. */
  private final Map<Slug, Queue> views = new HashMap<>();

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

  /**
   * Records what operators removed from the queues of those that are not {@code worked}. Only one
   * thread repeats it.
   */
  public Duration sweep(Collection<Slug> worked)
      throws IOException, LedgerUnavailable, InterruptedException {
    List<Slug> orphans = new ArrayList<>(workshop.spool().known());
    orphans.removeAll(worked);
    views.keySet().retainAll(orphans);
    for (Slug slug : orphans) {
      if (!views.containsKey(slug)) {
        views.put(slug, Queue.open(workshop.spool().disk(), workshop.spool().state(), slug));
      }
      sweep(Objects.requireNonNull(views.get(slug)));
    }
    return REST;
  }

  private void sweep(Queue queue) throws IOException, LedgerUnavailable, InterruptedException {
    ByHand byHand = new ByHand(workshop, queue);
    Queue.Sweep sweep = queue.sweep();
    for (EntryName name : sweep.unmarked()) {
      byHand.adopt(name);
    }
    if (sweep.vanished().isEmpty()) {
      return;
    }
    Optional<Leases> leases = Leases.tryAcquire(workshop.locks(), queue.slug(), List.of());
    if (leases.isEmpty()) {
      // A worker that is about to leave, or has just come; or the next look.
      return;
    }
    try (Leases held = leases.get()) {
      for (Queue.Vanished vanished : sweep.vanished()) {
        // A worker may have been here since this view was made.
        if (queue.isPending(vanished.event())) {
          byHand.recordRemoval(vanished);
        } else {
          queue.forget(vanished.name());
        }
      }
    }
  }
}
