package dev.slipway.deploy;

import dev.slipway.checkout.Checkout;
import dev.slipway.checkout.CheckoutRequest;
import dev.slipway.checkout.CheckoutResult;
import dev.slipway.checkout.CheckoutSurroundings;
import dev.slipway.ledger.Release;
import dev.slipway.plan.Facts;
import dev.slipway.plan.Plan;
import dev.slipway.process.RunToken;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.ReleaseNumber;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One release from its checkout to its activation. It changes the world and the release's log, and
 * records nothing: that is its worker's.
 */
final class Attempt {
  private final Workshop workshop;
  private final Deployment deployment;
  private final Checkout checkout;
  private final Control control;

  Attempt(Workshop workshop, Deployment deployment, Checkout checkout, Control control) {
    this.workshop = workshop;
    this.deployment = deployment;
    this.checkout = checkout;
    this.control = control;
  }

  /** How it ended; {@code commit} is absent where the reference could not be resolved. */
  sealed interface Result {
    Optional<CommitId> commit();

    /** All of it worked, and the commit is live. */
    record Succeeded(Optional<CommitId> commit) implements Result {}

    /** Something did not. */
    record Failed(Optional<CommitId> commit, Failure failure) implements Result {}

    /** It was ended early. */
    record Stopped(Optional<CommitId> commit, Stop stop) implements Result {}
  }

  /**
   * What a run begins with.
   *
   * @param token what all its programs carry
   * @param live the newest release that succeeded
   */
  record Start(Job job, CurrentToken token, Optional<Release> live) {}

  /** What makes this run different from every other. */
  record Run(Start start, ReleaseNumber number) {
    Job job() {
      return start.job();
    }
  }

  /**
   * Runs it.
   *
   * @param log gets everything but the last word
   * @param lastLook asked right before anything is activated; it may end the run
   */
  Result run(Run run, ReleaseLog log, Runnable lastLook) throws InterruptedException {
    Deadline deadline = Deadline.after(deployment.conditions().timeout());
    Map<String, String> base = baseEnvironment(run.start().token().value());
    log.hide(deployment.conditions().environment());
    log.notice(
        "release %s of %s: %s of %s"
            .formatted(
                run.number(),
                deployment.slug(),
                run.job().push().commit().map(CommitId::brief).orElse("the newest commit"),
                run.job().push().ref()));
    run.job().push().note().ifPresent(note -> log.notice("note: " + note));
    CheckoutSurroundings surroundings = surroundings(base, log, deadline);
    CheckoutRequest request =
        new CheckoutRequest(run.job().push().ref(), run.job().push().commit(), run.number());
    return switch (checkout.checkOut(request, surroundings)) {
      case CheckoutResult.Refused(var cause, String reason) ->
          ended(
              run.job().push().commit(),
              Optional.of(new Failure.NoCheckout(reason, cause.isWorthRetrying())));
      case CheckoutResult.Checked checked -> deploy(run, checked, log, deadline, lastLook);
    };
  }

  /**
   * Clears away what the release has replaced; for after its success is recorded, so that nothing
   * that happens here can take it back. Present: what was in the way.
   */
  Optional<String> tidy(Run run) throws InterruptedException {
    CheckoutSurroundings quiet =
        new CheckoutSurroundings(
            baseEnvironment(run.start().token().value()),
            (stream, text) -> {},
            note -> {},
            control.cancellation(),
            Deadline.after(deployment.conditions().timeout()));
    return checkout.tidy(run.number(), quiet).map(CheckoutResult.Refused::reason);
  }

  private CheckoutSurroundings surroundings(
      Map<String, String> environment, ReleaseLog log, Deadline deadline) {
    return new CheckoutSurroundings(
        environment, log, log::notice, control.cancellation(), deadline);
  }

  private Result deploy(
      Run run, CheckoutResult.Checked checked, ReleaseLog log, Deadline deadline, Runnable lastLook)
      throws InterruptedException {
    Optional<CommitId> commit = Optional.of(checked.commit());
    if (run.job().push().commit().isEmpty()) {
      log.notice(
          "the newest commit of %s is %s".formatted(run.job().push().ref(), checked.commit()));
    }
    Facts facts = facts(run, checked);
    Plan plan;
    try {
      plan = deployment.recipe().plan(facts);
    } catch (RuntimeException bug) {
      return ended(
          commit, Optional.of(new Failure.Fault("the recipe " + deployment.recipe().name(), bug)));
    }
    PlanRunner.Limits limits =
        new PlanRunner.Limits(deployment.conditions().timeout(), deadline, run.start().token());
    Optional<Failure> failure =
        new PlanRunner(workshop.processes(), log, control.cancellation(), limits)
            .run(plan, checked.tree(), environment(run, facts));
    lastLook.run();
    Result result = ended(commit, failure);
    return result instanceof Result.Succeeded ? activated(run, result) : result;
  }

  private Result activated(Run run, Result succeeded) {
    return checkout
        .activate(run.number())
        .<Result>map(refused ->
            new Result.Failed(succeeded.commit(), new Failure.NotActivated(refused.reason())))
        .orElse(succeeded);
  }

  private Result ended(Optional<CommitId> commit, Optional<Failure> failure) {
    Optional<Stop> stop = control.stopped();
    if (stop.isPresent()) {
      return new Result.Stopped(commit, stop.get());
    }
    return failure
        .<Result>map(why -> new Result.Failed(commit, why))
        .orElseGet(() -> new Result.Succeeded(commit));
  }

  private Map<String, String> baseEnvironment(RunToken token) {
    return StepEnvironment.ofRun(workshop.site().environment(), token);
  }

  private Facts facts(Run run, CheckoutResult.Checked checked) {
    return new Facts(
        deployment.slug(),
        deployment.origin().repository(),
        run.job().push().ref(),
        checked.commit(),
        run.start().live().flatMap(Release::commit).or(checked::previous),
        run.number(),
        checked.tree());
  }

  private Map<String, String> environment(Run run, Facts facts) {
    return StepEnvironment.layered(
        StepEnvironment.inherited(workshop.site().environment()),
        factsEnvironment(run, facts),
        deployment.conditions().environment());
  }

  private Map<String, String> factsEnvironment(Run run, Facts facts) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("SLIPWAY_DEPLOYMENT", facts.deployment().value());
    names.put("SLIPWAY_REPOSITORY", facts.repository().value());
    names.put("SLIPWAY_REF", facts.ref().value());
    names.put("SLIPWAY_BRANCH", facts.ref().branch().orElse(""));
    names.put("SLIPWAY_COMMIT", facts.commit().value());
    names.put("SLIPWAY_PREVIOUS_COMMIT", facts.previous().map(CommitId::value).orElse(""));
    names.put("SLIPWAY_RELEASE", facts.release().toString());
    names.put("SLIPWAY_EVENT_ID", run.job().event().id().value());
    names.put("SLIPWAY_EVENT_FILE", run.job().claim().file().toString());
    names.put("SLIPWAY_PATH", deployment.target().path().toString());
    return names;
  }
}
