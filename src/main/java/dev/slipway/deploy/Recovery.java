package dev.slipway.deploy;

import dev.slipway.event.Event;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Queue;
import dev.slipway.spool.RunNote;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what was left of one deployment: first the processes that outlived it, then the
 * releases that were running, then the entries that were active. Runs under the deployment's lock,
 * before anything else of it; may be cut off and run again.
 */
final class Recovery {
  /** An entry that was running at so many unclean ends in a row is given up. */
  static final int UNCLEAN_LIMIT = 3;

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Workshop workshop;
  private final Queue queue;
  private final Slug slug;

  Recovery(Workshop workshop, Queue queue) {
    this.workshop = workshop;
    this.queue = queue;
    this.slug = queue.slug();
  }

  /** What cut it off. */
  enum Cause {
    /** The daemon ended, and has started again. */
    DAEMON_ENDED("the daemon ended while it ran"),
    /** The disk, the record store or a bug came between; the daemon went on. */
    TROUBLE("it was cut off before its end could be recorded");

    private final String reason;

    Cause(String reason) {
      this.reason = reason;
    }
  }

  /** An entry that is active although nobody works on it; its event is absent where it is none. */
  private record Left(Claim claim, Optional<EventId> event, Optional<String> cancelled) {}

  void run(Cause cause) throws IOException, LedgerUnavailable, InterruptedException {
    Optional<RunNote> note = queue.unfinishedRun();
    if (note.isPresent()) {
      int remains = workshop.processes().endAll(note.get().token());
      if (remains > 0) {
        log.warn("ended what an earlier run left deployment={} processes={}", slug, remains);
      }
    }
    List<Left> left = left();
    endReleases(cause, left, note);
    if (note.isPresent()) {
      completeLogs(note.get().event());
    }
    for (Left each : left) {
      settle(each, note.filter(run -> run.entry().equals(each.claim().name())), cause);
    }
    // While its entry waits, the note keeps count of the unclean ends.
    if (note.isPresent() && !workshop.spool().disk().exists(queue.place(note.get().entry()))) {
      queue.endRun();
    }
  }

  private List<Left> left() throws IOException {
    List<Left> left = new ArrayList<>();
    for (EntryName name : queue.active()) {
      Claim claim = queue.claimed(name);
      Optional<EventId> event =
          workshop.spool().read(claim.file()) instanceof Spool.Reading.Readable(Event read)
              ? Optional.of(read.id())
              : Optional.empty();
      left.add(new Left(claim, event, claim.cancelRequest()));
    }
    return left;
  }

  private void endReleases(Cause cause, List<Left> left, Optional<RunNote> note)
      throws IOException, LedgerUnavailable {
    for (Release release : running(left, note)) {
      Optional<String> cancelled =
          left.stream()
              .filter(each -> each.event().equals(Optional.of(release.event())))
              .flatMap(each -> each.cancelled().stream())
              .findFirst();
      end(release, cause, cancelled);
    }
  }

  /**
   * The releases that were running here. A host's name does not tell that: another daemon of this
   * host may share the record store, and a container has another name at each start.
   */
  private Collection<Release> running(List<Left> left, Optional<RunNote> note)
      throws IOException, LedgerUnavailable {
    Map<ReleaseNumber, Release> running = new TreeMap<>();
    for (Release release : workshop.ledger().running(workshop.site().host())) {
      boolean noted =
          note.filter(run -> run.event().equals(release.event())).isPresent()
              || left.stream().anyMatch(each -> each.event().equals(Optional.of(release.event())));
      if (release.deployment().equals(slug) && (noted || hasLogHere(release))) {
        running.put(release.version(), release);
      }
    }
    if (note.isPresent()) {
      for (Release release : workshop.ledger().releasesOf(note.get().event(), slug)) {
        if (release.state() == ReleaseState.RUNNING && hasLogHere(release)) {
          running.put(release.version(), release);
        }
      }
    }
    return running.values();
  }

  private boolean hasLogHere(Release release) throws IOException {
    return workshop.spool().disk().exists(workshop.spool().state().log(slug, release.version()));
  }

  private void end(Release release, Cause cause, Optional<String> cancelled)
      throws LedgerUnavailable {
    ReleaseState state = cancelled.isPresent() ? ReleaseState.CANCELLED : ReleaseState.INTERRUPTED;
    String reason = cancelled.map(why -> new Stop.ByOperator(why).describe()).orElse(cause.reason);
    workshop
        .ledger()
        .end(
            new Release.Ending(
                slug,
                release.version(),
                release.commit(),
                state,
                workshop.site().clocks().wall().instant(),
                reason));
    complete(release, state);
    log.info(
        "ended deployment={} release={} state={} reason={}",
        slug,
        release.version(),
        state.word(),
        Quoted.of(reason));
  }

  /** The last release may have ended, and only its log not. */
  private void completeLogs(EventId event) throws IOException, LedgerUnavailable {
    for (Release release : workshop.ledger().releasesOf(event, slug)) {
      if (release.host().equals(workshop.site().host()) || hasLogHere(release)) {
        complete(release, release.state());
      }
    }
  }

  private void complete(Release release, ReleaseState state) {
    ReleaseLog.complete(
        workshop.spool().state().log(slug, release.version()),
        state.word(),
        workshop.site().clocks().wall());
  }

  private void settle(Left left, Optional<RunNote> note, Cause cause)
      throws IOException, LedgerUnavailable {
    Claim claim = left.claim();
    if (left.event().isPresent()) {
      EventId event = left.event().get();
      if (left.cancelled().isPresent()) {
        // Where it is recorded otherwise already, that stands.
        recordCancelled(claim, event, left.cancelled().get());
      }
      if (left.cancelled().isPresent() || isRecorded(event)) {
        claim.done();
        return;
      }
    }
    if (note.isEmpty()) {
      claim.release();
      return;
    }
    RunNote run = note.get();
    int unclean = run.unclean() + (cause == Cause.DAEMON_ENDED ? 1 : 0);
    if (unclean >= UNCLEAN_LIMIT) {
      EntryName place = claim.parkingPlace();
      claim.park(new Reasons(slug, place).ofUncleanEnds(unclean));
      log.warn(
          "given up deployment={} entry={} place=failed/{} unclean_ends={}",
          slug,
          claim.name(),
          place,
          unclean);
      return;
    }
    // Released first: cut off in between, this end is not counted, rather than counted twice.
    claim.release();
    queue.beginRun(new RunNote(run.entry(), run.event(), run.token(), unclean));
  }

  private boolean isRecorded(EventId event) throws LedgerUnavailable {
    return workshop.ledger().processed(List.of(event)).stream()
        .anyMatch(each -> each.deployment().equals(Optional.of(slug)));
  }

  private void recordCancelled(Claim claim, EventId event, String request)
      throws IOException, LedgerUnavailable {
    String reason = new Stop.ByOperator(request).describe();
    workshop
        .ledger()
        .record(
            List.of(
                new ProcessedEvent(
                    event,
                    Optional.of(slug),
                    "cancelled",
                    claim.name(),
                    workshop.site().clocks().wall().instant(),
                    reason,
                    workshop.spool().commitOf(event, claim.file()))));
    log.info(
        "cancelled deployment={} entry={} event={} reason={}",
        slug,
        claim.name(),
        event,
        Quoted.of(reason));
  }
}
