package dev.slipway.deploy;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how an entry ended, and only then removes, parks or returns it. What a release did is not
 * undone by a record store or a disk that is away: see {@link Patience}.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private final Workshop workshop;
  private final Deployment deployment;
  private final Queue queue;
  private final Slug slug;
  private final Patience patience;

  Settlement(Workshop workshop, Deployment deployment, Queue queue) {
    this.workshop = workshop;
    this.deployment = deployment;
    this.queue = queue;
    this.slug = deployment.slug();
    this.patience = new Patience(slug);
  }

  /** The daemon ends: whatever does not answer now is waited for no longer. */
  void stop() {
    patience.end();
  }

  /**
   * Lets an entry wait again; one whose end was asked for must not run again: it is left to {@link
   * Recovery}.
   */
  void giveBack(Claim claim) throws IOException {
    if (workshop.spool().disk().exists(claim.file()) && claim.cancelRequest().isEmpty()) {
      claim.release();
    }
  }

  /** Ends an entry that becomes no release; always true, for it waits no more. */
  boolean withoutRelease(Job job, String outcome, String reason)
      throws IOException, LedgerUnavailable {
    workshop.ledger().record(List.of(processed(job, outcome, reason, job.push().commit())));
    job.claim().done();
    log.info(
        "{} deployment={} event={} entry={} reason={}",
        outcome,
        slug,
        job.event().id(),
        job.claim().name(),
        Quoted.of(reason));
    return true;
  }

  /** Ends a release; false when its entry waits again. */
  boolean settle(Job job, ReleaseNumber number, Attempt.Result result, ReleaseLog messages)
      throws IOException, LedgerUnavailable, InterruptedException {
    Attempt.Result end = unlessCancelled(job.claim(), result);
    return switch (end) {
      case Attempt.Result.Succeeded done -> {
        finish(job, ending(number, end, ReleaseState.SUCCEEDED, "deployed"), "deployed", messages);
        yield true;
      }
      case Attempt.Result.Stopped(var commit, Stop.ByOperator stop) -> {
        String reason = messages.masked(stop.describe());
        messages.fault(reason);
        finish(job, ending(number, end, ReleaseState.CANCELLED, reason), "cancelled", messages);
        yield true;
      }
      case Attempt.Result.Stopped(var commit, Stop.Overtaken stop) -> {
        messages.fault(stop.describe());
        finish(
            job,
            ending(number, end, ReleaseState.CANCELLED, stop.describe()),
            "superseded",
            messages);
        yield true;
      }
      case Attempt.Result.Stopped(var commit, Stop stop) -> {
        messages.fault(stop.describe());
        end(ending(number, end, ReleaseState.INTERRUPTED, stop.describe()), messages);
        job.claim().release();
        yield false;
      }
      case Attempt.Result.Failed(var commit, Failure failure) -> {
        String reason = messages.masked(failure.describe());
        messages.fault(reason);
        end(ending(number, end, ReleaseState.FAILED, reason), messages);
        yield fail(job, number, failure, messages);
      }
    };
  }

  /** A run that did not succeed, and whose end somebody asked for meanwhile, is cancelled. */
  private static Attempt.Result unlessCancelled(Claim claim, Attempt.Result result)
      throws IOException {
    if (result instanceof Attempt.Result.Succeeded) {
      return result;
    }
    return claim
        .cancelRequest()
        .<Attempt.Result>map(
            reason -> new Attempt.Result.Stopped(result.commit(), new Stop.ByOperator(reason)))
        .orElse(result);
  }

  private boolean fail(Job job, ReleaseNumber number, Failure failure, ReleaseLog messages)
      throws IOException, LedgerUnavailable, InterruptedException {
    Claim claim = job.claim();
    int tries = queue.retryOf(claim.name()).map(Retry::attempts).orElse(0) + 1;
    Optional<Duration> rest =
        Backoff.before(
            failure,
            deployment.conditions().tries(),
            tries,
            ThreadLocalRandom.current().nextDouble());
    if (rest.isPresent()) {
      Instant due = workshop.site().clocks().wall().instant().plus(rest.get());
      patience.until(() -> ifThere(claim, () -> claim.retryLater(new Retry(tries, due))));
      log.info(
          "to be tried again deployment={} entry={} tries={} at={}",
          slug,
          claim.name(),
          tries,
          due);
      return false;
    }
    patience.until(() -> ifThere(claim, () -> park(job, number, failure, messages)));
    return true;
  }

  private void park(Job job, ReleaseNumber number, Failure failure, ReleaseLog messages)
      throws IOException {
    EntryName place = job.claim().parkingPlace();
    String reason =
        new Reasons(slug, place)
            .ofFailure(number, job, messages.masked(failure.describe()), failure.details());
    job.claim().park(messages.masked(reason));
    log.warn("parked deployment={} entry={} place=failed/{}", slug, job.claim().name(), place);
  }

  /**
   * Does it unless the entry has left its place: an earlier try came that far, or somebody's rm.
   */
  private void ifThere(Claim claim, Patience.Act act) throws IOException, LedgerUnavailable {
    if (workshop.spool().disk().exists(claim.file())) {
      act.run();
    }
  }

  /** Ends a release together with its event, which waits no more. */
  private void finish(Job job, Release.Ending ending, String outcome, ReleaseLog messages)
      throws IOException, LedgerUnavailable, InterruptedException {
    String reason =
        ending.state() == ReleaseState.SUCCEEDED ? "release " + ending.version() : ending.reason();
    ProcessedEvent event =
        processed(job, outcome, reason, ending.commit().or(() -> job.push().commit()));
    patience.until(() -> workshop.ledger().end(ending, event));
    ended(ending, messages);
    job.claim().done();
  }

  private void end(Release.Ending ending, ReleaseLog messages)
      throws IOException, LedgerUnavailable, InterruptedException {
    patience.until(() -> workshop.ledger().end(ending));
    ended(ending, messages);
  }

  private static void ended(Release.Ending ending, ReleaseLog messages) {
    messages.completed(ending.state().word());
    log.info(
        "ended deployment={} release={} state={} reason={}",
        ending.deployment(),
        ending.version(),
        ending.state().word(),
        Quoted.of(ending.reason()));
  }

  private Release.Ending ending(
      ReleaseNumber number, Attempt.Result result, ReleaseState state, String reason) {
    return new Release.Ending(
        slug, number, result.commit(), state, workshop.site().clocks().wall().instant(), reason);
  }

  private ProcessedEvent processed(
      Job job, String outcome, String reason, Optional<CommitId> commit) {
    return new ProcessedEvent(
        job.event().id(),
        Optional.of(slug),
        outcome,
        job.claim().name(),
        workshop.site().clocks().wall().instant(),
        reason,
        commit);
  }
}
