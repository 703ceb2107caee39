package dev.slipway.deploy;

import dev.slipway.checkout.Checkout;
import dev.slipway.checkout.CheckoutSurroundings;
import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.process.Cancellation;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.CommitId;
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

  /** How long git may take to tell whether one commit lies behind another. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final Workshop workshop;
  private final Queue queue;
  private final Checkout checkout;
  private final Settlement settlement;
  private final Releases releases;

  Runner(
      Workshop workshop, Queue queue, Checkout checkout, Settlement settlement, Releases releases) {
    this.workshop = workshop;
    this.queue = queue;
    this.checkout = checkout;
    this.settlement = settlement;
    this.releases = releases;
  }

  /**
   * Works the entry off; false when it waits again.
   *
   * @throws IOException and whatever else the surroundings do: what is left is for {@link Recovery}
   */
  boolean run(Claim claim, Leases leases)
      throws IOException, LedgerUnavailable, InterruptedException {
    try {
      boolean settled = decide(claim, leases);
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
    }
  }

  private boolean decide(Claim claim, Leases leases)
      throws IOException, LedgerUnavailable, InterruptedException {
    return switch (workshop.spool().read(claim.file())) {
      // Somebody removed it; the next sweep misses it, and records that.
      case Spool.Reading.Gone() -> true;
      case Spool.Reading.Unreadable(String reason) -> park(claim, unreadable(claim, reason));
      case Spool.Reading.Readable(Event event) when event.content() instanceof Push push ->
          decide(new Job(claim, event, push), leases);
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

  private boolean decide(Job job, Leases leases)
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
    Optional<String> newer = supersededBy(job, live);
    if (newer.isPresent()) {
      return settlement.withoutRelease(job, "superseded", newer.get());
    }
    return releases.make(job, leases, live);
  }

  /** Why the entry must not be deployed any more: its commit lies behind the one that is live. */
  private Optional<String> supersededBy(Job job, Optional<Release> live)
      throws InterruptedException {
    Optional<CommitId> deployed = live.flatMap(Release::commit);
    Optional<CommitId> commit = job.push().commit();
    if (job.event().source() == Source.CLI
        || deployed.isEmpty()
        || commit.isEmpty()
        || commit.equals(deployed)
        || !liesBehind(commit.get(), deployed.get())) {
      return Optional.empty();
    }
    return live.map(release ->
        "release %s is live with %s, which already contains %s"
            .formatted(release.version(), deployed.get().brief(), commit.get().brief()));
  }

  private boolean liesBehind(CommitId commit, CommitId deployed) throws InterruptedException {
    CheckoutSurroundings quiet =
        new CheckoutSurroundings(
            StepEnvironment.inherited(workshop.site().environment()),
            (stream, text) -> {},
            note -> {},
            new Cancellation(),
            Deadline.after(LOOK));
    return checkout.isAncestor(commit, deployed, quiet).orElse(false);
  }
}
