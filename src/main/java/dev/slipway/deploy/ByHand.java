package dev.slipway.deploy;

import dev.slipway.event.Event;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes note of what operators did to a queue with {@code mv} and {@code rm}: what they put there
 * counts among those that wait, what they removed is recorded.
 */
final class ByHand {
  private static final Logger log = LoggerFactory.getLogger(ByHand.class);

  private final Workshop workshop;
  private final Queue queue;

  ByHand(Workshop workshop, Queue queue) {
    this.workshop = workshop;
    this.queue = queue;
  }

  void adopt(EntryName name) throws IOException {
    if (!(workshop.spool().read(queue.place(name))
        instanceof Spool.Reading.Readable(Event event))) {
      // Its turn will come, and then it is parked with the reason.
      queue.leave(name);
      return;
    }
    if (queue.adopt(name, event.id())) {
      log.info("put here by hand deployment={} entry={} event={}", queue.slug(), name, event.id());
    } else if (queue.remove(name)) {
      log.info(
          "duplicate, its event waits or runs already deployment={} entry={} event={}",
          queue.slug(),
          name,
          event.id());
    }
  }

  void recordRemoval(Queue.Vanished vanished) throws IOException, LedgerUnavailable {
    workshop
        .ledger()
        .record(
            List.of(
                new ProcessedEvent(
                    vanished.event(),
                    Optional.of(queue.slug()),
                    "cancelled",
                    vanished.name(),
                    workshop.site().clocks().wall().instant(),
                    "removed from the queue by hand",
                    commitOf(vanished))));
    queue.forget(vanished.name());
    log.info(
        "cancelled, removed by hand deployment={} entry={} event={}",
        queue.slug(),
        vanished.name(),
        vanished.event());
  }

  /** The entry is gone, but the dispatcher keeps the file that it was a second name of. */
  private Optional<CommitId> commitOf(Queue.Vanished vanished) throws IOException {
    Path kept = workshop.spool().state().events().resolve(vanished.name().value());
    return workshop.spool().commitOf(vanished.event(), kept);
  }
}
