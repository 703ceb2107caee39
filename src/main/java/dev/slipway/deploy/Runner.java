package dev.slipway.deploy;

import dev.slipway.checkout.CheckoutSurroundings;
import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.process.RunToken;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Queue;
import dev.slipway.spool.RunNote;
import dev.slipway.spool.Spool;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one claimed entry to its end: dropped as a duplicate, superseded, or run as a release whose
 * result is recorded. Whatever the surroundings throw before the record leaves the entry waiting;
 * an {@link Error} leaves it active, so that it is counted when the daemon starts again.
 */
final class Runner {
  private static final Logger log = LoggerFactory.getLogger(Runner.class);

  /** How long git may take to tell how a commit stands to others, the origin's answer included. */
  private static final Duration LOOK = Duration.ofMinutes(2);

  private final Workshop workshop;
  private final Queue queue;
  private final InHand inHand;
  private final Settlement settlement;
  private final Making making;

  /** How it is decided whether an entry becomes a release, and how one is made. */
  record Making(Order order, Releases releases) {}

  Runner(Workshop workshop, Queue queue, InHand inHand, Settlement settlement, Making making) {
    this.workshop = workshop;
    this.queue = queue;
    this.inHand = inHand;
    this.settlement = settlement;
    this.making = making;
  }

  /**
   * Works the entry off; false when it waits again.
   *
   * @param behind the newest of the entries that wait behind it
   * @throws IOException and whatever else the surroundings do: what is left is for {@link Recovery}
   */
  boolean run(Claim claim, List<EntryName> behind, Leases leases)
      throws IOException, LedgerUnavailable, InterruptedException {
    Control control = inHand.take(claim);
    try {
      leases.onLost(name -> control.stop(new Stop.LeaseLost(name.value())));
      boolean settled = decide(claim, new Turn(behind, leases, control));
      if (settled) {
        // Also where it became no release this time: an earlier end may have left a note.
        queue.endRun();
      }
      return settled;
    } catch (RuntimeException bug) {
      // A fault of Slipway's own: this entry would only meet it again, the others may not.
      log.error("a fault in Slipway deployment={} entry={}", queue.slug(), claim.name(), bug);
      if (workshop.spool().disk().exists(claim.file())) {
        Failure.Fault fault = new Failure.Fault(Failure.Fault.SLIPWAY, bug);
        park(claim, new Reasons(queue.slug(), claim.parkingPlace()).ofFault(fault));
      }
      new Recovery(workshop, queue).run(Recovery.Cause.TROUBLE);
      return true;
    } catch (IOException | LedgerUnavailable | InterruptedException passing) {
      try {
        settlement.giveBack(claim);
      } catch (IOException refused) {
        passing.addSuppressed(refused);
      }
      throw passing;
    } finally {
      inHand.layDown();
    }
  }

  /** An entry's turn. */
  private record Turn(List<EntryName> behind, Leases leases, Control control) {}

  private boolean decide(Claim claim, Turn turn)
      throws IOException, LedgerUnavailable, InterruptedException {
    return switch (workshop.spool().read(claim.file())) {
      // Somebody removed it; the next sweep misses it, and records that.
      case Spool.Reading.Gone() -> true;
      case Spool.Reading.Unreadable(String reason) -> park(claim, unreadable(claim, reason));
      case Spool.Reading.Readable(Event event) when event.content() instanceof Push push ->
          decide(new Job(claim, event, push), turn);
      case Spool.Reading.Readable(Event event) -> {
        String reason = "an event of kind " + event.content().kind() + " starts nothing";
        yield park(claim, unreadable(claim, reason));
      }
    };
  }

  private String unreadable(Claim claim, String reason) throws IOException {
    return new Reasons(queue.slug(), claim.parkingPlace()).ofUnreadable(reason);
  }

  private boolean park(Claim claim, String reason) throws IOException {
    EntryName place = claim.park(reason);
    log.warn("parked deployment={} entry={} place=failed/{}", queue.slug(), claim.name(), place);
    return true;
  }

  private boolean decide(Job job, Turn turn)
      throws IOException, LedgerUnavailable, InterruptedException {
    Optional<ProcessedEvent> record =
        workshop.ledger().processed(List.of(job.event().id())).stream()
            .filter(each -> each.deployment().equals(Optional.of(queue.slug())))
            .findFirst();
    if (record.isPresent()) {
      log.info(
          "duplicate, on record already deployment={} entry={} event={} outcome={}",
          queue.slug(),
          job.claim().name(),
          job.event().id(),
          record.get().outcome());
      job.claim().done();
      return true;
    }
    Optional<Release> live = workshop.ledger().live(queue.slug());
    if (job.push().deleted() || job.push().headless()) {
      return settlement.withoutRelease(
          job, "ignored", "the push to " + job.push().ref() + " holds nothing to deploy");
    }
    inHand.runs(job);
    // Written down before anything of this entry's is started that could outlive the daemon.
    CurrentToken token =
        new CurrentToken(
            queue,
            new RunNote(job.claim().name(), job.event().id(), RunToken.random(), uncleanEnds(job)));
    Order.Verdict verdict =
        making
            .order()
            .decide(
                job,
                new Order.Circumstances(live, turn.behind(), token::begin, quiet(token, turn)));
    return switch (verdict) {
      case Order.Verdict.Passed(Job resolved, String outcome, String reason) ->
          settlement.withoutRelease(resolved, outcome, reason);
      case Order.Verdict.Deploy(Job resolved) -> deploy(resolved, live, token, turn);
    };
  }

  private boolean deploy(Job job, Optional<Release> live, CurrentToken token, Turn turn)
      throws IOException, LedgerUnavailable, InterruptedException {
    // Asked only now, when a stop that comes later finds the run.
    if (inHand.isDraining()) {
      turn.control().stop(new Stop.DaemonEnds());
      settlement.giveBack(job.claim());
      return false;
    }
    token.begin();
    return making
        .releases()
        .make(new Attempt.Start(job, token, live), turn.leases(), turn.control());
  }

  /** How often in a row the daemon ended uncleanly while this entry ran. */
  private int uncleanEnds(Job job) throws IOException {
    return queue
        .unfinishedRun()
        .filter(run -> run.entry().equals(job.claim().name()))
        .map(RunNote::unclean)
        .orElse(0);
  }

  private CheckoutSurroundings quiet(CurrentToken token, Turn turn) {
    return new CheckoutSurroundings(
        StepEnvironment.ofRun(workshop.site().environment(), token.value()),
        (stream, text) -> {},
        note -> {},
        turn.control().cancellation(),
        Deadline.after(LOOK));
  }
}
