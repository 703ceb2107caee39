package dev.slipway.deploy;

import dev.slipway.checkout.Checkout;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.lock.LockName;
import dev.slipway.spool.Queue;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a deployment's releases, one at a time: written down, opened, attempted, settled. Whatever
 * cuts one off leaves its note and its row for {@link Recovery}. One thread makes them; any may end
 * the one that runs.
 */
final class Releases {
  private static final Logger log = LoggerFactory.getLogger(Releases.class);

  private final Workshop workshop;
  private final Deployment deployment;
  private final Queue queue;
  private final Checkout checkout;
  private final Settlement settlement;

  Releases(
      Workshop workshop,
      Deployment deployment,
      Queue queue,
      Checkout checkout,
      Settlement settlement) {
    this.workshop = workshop;
    this.deployment = deployment;
    this.queue = queue;
    this.checkout = checkout;
    this.settlement = settlement;
  }

  /**
   * Makes one of an entry whose run is written down; false when it waits again.
   *
   * @param control ends it early
   */
  boolean make(Attempt.Start start, Leases leases, Control control)
      throws IOException, LedgerUnavailable, InterruptedException {
    leases.onLost(name -> control.stop(new Stop.LeaseLost(name.value())));
    Attempt.Run run = open(start);
    boolean settled = run(run, control, leases);
    queue.endRun();
    return settled;
  }

  private Attempt.Run open(Attempt.Start start) throws LedgerUnavailable {
    Job job = start.job();
    ReleaseNumber number = workshop.ledger().open(opening(job));
    log.info(
        "started deployment={} release={} event={} entry={} ref={}",
        slug(),
        number,
        job.event().id(),
        job.claim().name(),
        job.push().ref());
    return new Attempt.Run(start, number);
  }

  private boolean run(Attempt.Run run, Control control, Leases leases)
      throws IOException, LedgerUnavailable, InterruptedException {
    Attempt attempt = new Attempt(workshop, deployment, checkout, control);
    Attempt.Result result;
    boolean settled;
    try (ReleaseLog messages = openLog(run.number())) {
      result = attempt(attempt, run, messages, () -> stopIfLost(leases, control));
      settled = settlement.settle(run.job(), run.number(), result, messages);
    }
    if (result instanceof Attempt.Result.Succeeded) {
      tidy(attempt, run);
    }
    return settled;
  }

  private Attempt.Result attempt(
      Attempt attempt, Attempt.Run run, ReleaseLog messages, Runnable lastLook)
      throws IOException, InterruptedException {
    try {
      return attempt.run(run, messages, lastLook);
    } catch (RuntimeException bug) {
      log.error("a fault in Slipway deployment={} release={}", slug(), run.number(), bug);
      int _ = workshop.processes().endAll(run.start().token().value());
      return new Attempt.Result.Failed(
          run.job().push().commit(), new Failure.Fault(Failure.Fault.SLIPWAY, bug));
    }
  }

  /** Before anything is activated: a lock that was lost stops the run. */
  private static void stopIfLost(Leases leases, Control control) {
    Optional<LockName> lost = leases.lost();
    lost.ifPresent(name -> control.stop(new Stop.LeaseLost(name.value())));
  }

  private void tidy(Attempt attempt, Attempt.Run run) throws InterruptedException {
    attempt
        .tidy(run)
        .ifPresent(left ->
            log.warn(
                "not tidied deployment={} release={} reason={}",
                slug(),
                run.number(),
                Quoted.of(left)));
  }

  private ReleaseLog openLog(ReleaseNumber number) {
    return ReleaseLog.open(
        workshop.spool().state().log(slug(), number),
        workshop.site().clocks().wall(),
        workshop.site().secrets().masker());
  }

  private Release.Opening opening(Job job) {
    return new Release.Opening(
        slug(),
        job.push().commit(),
        job.push().ref(),
        job.event().id(),
        job.event().source(),
        workshop.site().host(),
        workshop.site().clocks().wall().instant());
  }

  private Slug slug() {
    return deployment.slug();
  }
}
