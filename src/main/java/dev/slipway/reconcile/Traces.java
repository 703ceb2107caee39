package dev.slipway.reconcile;

import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.ledger.History;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for whatever is known of a commit. The record store is asked first, since it nearly always
 * knows; only for the others entries are read. They are looked for in the order in which they move
 * on (dispatcher, waiting, active, failed, recorded), so that none slips through in between.
 */
final class Traces {
  /** How many entries of one directory are read in one look; the newest of them. */
  static final int MOST = 1000;

  private final Spool spool;
  private final History history;

  Traces(Spool spool, History history) {
    this.spool = spool;
    this.history = history;
  }

  Trace of(MissedPush push) throws IOException, LedgerUnavailable {
    if (isRecorded(push)) {
      return Trace.RECORDED;
    }
    Trace queued = queued(push);
    return queued == Trace.NONE && isRecorded(push) ? Trace.RECORDED : queued;
  }

  /** On record is what names the commit, and an earlier entry of ours, whatever it had become. */
  private boolean isRecorded(MissedPush push) throws LedgerUnavailable {
    Slug slug = push.followed().slug();
    return history.knows(slug, push.commit())
        || !history.releasesOf(push.id(), slug).isEmpty()
        || history.processed(List.of(push.id())).stream()
            .anyMatch(event -> event.deployment().equals(Optional.of(slug)));
  }

  private Trace queued(MissedPush push) throws IOException {
    Slug slug = push.followed().slug();
    Queue queue = Queue.at(spool.disk(), spool.state(), slug);
    List<EntryName> unrouted = spool.unrouted();
    if (isAmong(unrouted, spool.state().dispatcher(), event -> willBeRouted(push, event))) {
      return Trace.PENDING;
    }
    List<EntryName> waiting = queue.waiting();
    if (isAmong(waiting, spool.state().queue(slug), event -> covers(push, event))
        || isAmong(queue.active(), spool.state().active(slug), event -> covers(push, event))) {
      return Trace.PENDING;
    }
    if (isAmong(queue.failed(), spool.state().failed(slug), event -> isAbout(push, event))) {
      return Trace.FAILED;
    }
    return unrouted.size() > MOST || waiting.size() > MOST ? Trace.UNCLEAR : Trace.NONE;
  }

  private boolean isAmong(List<EntryName> names, Path directory, Predicate<Event> wanted)
      throws IOException {
    for (EntryName name : names.reversed().subList(0, Math.min(MOST, names.size()))) {
      if (spool.read(directory.resolve(name.value())) instanceof Spool.Reading.Readable(Event event)
          && wanted.test(event)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an event in the deployment's own queue is about the commit. */
  private static boolean isAbout(MissedPush push, Event event) {
    return event.id().equals(push.id()) || event.commit().equals(Optional.of(push.commit()));
  }

  /** The same, or that it will take the branch as it is when its turn comes. */
  private static boolean covers(MissedPush push, Event event) {
    return isAbout(push, event) || (event.commit().isEmpty() && isOfBranch(push, event));
  }

  private static boolean willBeRouted(MissedPush push, Event event) {
    return covers(push, event) && isOfBranch(push, event);
  }

  private static boolean isOfBranch(MissedPush missed, Event event) {
    return event.content() instanceof Push push
        && !push.deleted()
        && push.repository().equals(missed.followed().origin().repository())
        && push.ref().equals(missed.followed().branch());
  }
}
