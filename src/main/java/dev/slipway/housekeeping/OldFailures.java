package dev.slipway.housekeeping;

import dev.slipway.event.Event;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.FailedEntries;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries of one deployment that were given up, and that nobody has decided about since. Each is
 * first taken away from {@code failed/}, so that nobody can retry it any more, then recorded as
 * cancelled, and then removed; what a crash leaves in between is gone on with in the next round.
 */
final class OldFailures implements Chore {
  private static final Logger log = LoggerFactory.getLogger(OldFailures.class);

  private final Premises premises;
  private final Slug slug;

  OldFailures(Premises premises, Slug slug) {
    this.premises = premises;
    this.slug = slug;
  }

  @Override
  public String what() {
    return "queues/" + slug + "/failed";
  }

  @Override
  public int clear(Instant now) throws IOException, LedgerUnavailable {
    FailedEntries failed = new FailedEntries(premises.disk(), premises.spool().state(), slug);
    int removed = remove(failed, now);
    List<EntryName> newestFirst = failed.names().reversed();
    for (EntryName name : Keep.FAILED.beyond(newestFirst, failed::since, now, SOME)) {
      failed.takeAway(name);
    }
    return removed + remove(failed, now);
  }

  /** Ends what was taken away, now or before a crash. */
  private int remove(FailedEntries failed, Instant now) throws IOException, LedgerUnavailable {
    List<Ended> ended = new ArrayList<>();
    for (EntryName name : failed.takenAway()) {
      ended.add(new Ended(slug, name, failed.since(name).orElse(now), event(failed, name)));
    }
    if (ended.isEmpty()) {
      return 0;
    }
    // A power cut must not put back among the failed what is on record as cancelled.
    failed.sync();
    premises.ledger().record(ended.stream().flatMap(each -> each.record(now).stream()).toList());
    for (Ended each : ended) {
      failed.remove(each.name());
      each.tell(now);
    }
    return ended.size();
  }

  /** The event that ends here; absent for what is none, and for one that waits or runs again. */
  private Optional<Event> event(FailedEntries failed, EntryName name) throws IOException {
    Queue queue = Queue.at(premises.disk(), premises.spool().state(), slug);
    return premises.spool().read(failed.place(name)) instanceof Spool.Reading.Readable(Event event)
            && !queue.isPending(event.id())
        ? Optional.of(event)
        : Optional.empty();
  }

  private record Ended(Slug slug, EntryName name, Instant since, Optional<Event> event) {
    private long days(Instant now) {
      return Duration.between(since, now).toDays();
    }

    Optional<ProcessedEvent> record(Instant now) {
      return event.map(it ->
          new ProcessedEvent(
              it.id(),
              Optional.of(slug),
              "cancelled",
              name,
              now,
              "given up " + days(now) + " days ago, removed by housekeeping",
              it.commit()));
    }

    void tell(Instant now) {
      log.info(
          "removed from failed, given up {} days ago deployment={} entry={} cancelled={}",
          days(now),
          slug,
          name,
          event.map(it -> it.id().value()).orElse("none"));
    }
  }
}
