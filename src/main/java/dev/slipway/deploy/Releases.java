package dev.slipway.deploy;

import dev.slipway.checkout.Checkout;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.lock.LockName;
import dev.slipway.process.RunToken;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Queue;
import dev.slipway.spool.RunNote;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

  /** What runs now, for those who may end it. */
  private record Current(Claim claim, Control control) {}

  private final AtomicReference<Optional<Current>> current =
      new AtomicReference<>(Optional.empty());

  private volatile boolean draining;

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

  /** Begins none any more; one that runs goes on. */
  void drain() {
    draining = true;
  }

  /** Ends what runs now, and waits for nothing any more: the daemon ends. */
  void stop() {
    drain();
    settlement.stop();
    current.get().ifPresent(run -> run.control().stop(new Stop.DaemonEnds()));
  }

  /** Ends what runs now when a file beside it asks for that. */
  void look() throws IOException {
    Optional<Current> run = current.get();
    if (run.isPresent()) {
      Optional<String> request = run.get().claim().cancelRequest();
      request.ifPresent(reason -> run.get().control().stop(new Stop.ByOperator(reason)));
    }
  }

  /**
   * Makes one of the entry; false when it waits again.
   *
   * @param live the newest one that succeeded
   */
  boolean make(Job job, Leases leases, Optional<Release> live)
      throws IOException, LedgerUnavailable, InterruptedException {
    Control control = new Control();
    current.set(Optional.of(new Current(job.claim(), control)));
    try {
      // Asked only now, when a stop that comes later finds the run.
      if (draining) {
        control.stop(new Stop.DaemonEnds());
        settlement.giveBack(job.claim());
        return false;
      }
      leases.onLost(name -> control.stop(new Stop.LeaseLost(name.value())));
      Attempt.Run run = open(job, live);
      boolean settled = run(run, control, leases);
      queue.endRun();
      return settled;
    } finally {
      current.set(Optional.empty());
    }
  }

  private Attempt.Run open(Job job, Optional<Release> live) throws IOException, LedgerUnavailable {
    RunToken token = RunToken.random();
    queue.beginRun(new RunNote(job.claim().name(), job.event().id(), token, uncleanEnds(job)));
    ReleaseNumber number = workshop.ledger().open(opening(job));
    log.info(
        "started deployment={} release={} event={} entry={} ref={}",
        slug(),
        number,
        job.event().id(),
        job.claim().name(),
        job.push().ref());
    return new Attempt.Run(job, number, token, live);
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
      int _ = workshop.processes().endAll(run.token());
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
            log.warn("not tidied deployment={} release={} reason={}", slug(), run.number(), left));
  }

  /** How often in a row the daemon ended uncleanly while this entry ran. */
  private int uncleanEnds(Job job) throws IOException {
    return queue
        .unfinishedRun()
        .filter(run -> run.entry().equals(job.claim().name()))
        .map(RunNote::unclean)
        .orElse(0);
  }

  private ReleaseLog openLog(ReleaseNumber number) {
    return ReleaseLog.open(
        workshop.spool().state().log(slug(), number),
        workshop.site().clocks().wall(),
        new Masker(workshop.site().secrets().get()));
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
