package dev.slipway.deploy;

import dev.slipway.plan.Plan;
import dev.slipway.plan.Step;
import dev.slipway.process.Cancellation;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.Processes;
import dev.slipway.process.RunToken;
import dev.slipway.time.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes plans: one step after the other, each within its own limit and the release's. */
final class PlanRunner {
  private final Processes processes;
  private final ReleaseLog log;
  private final Cancellation cancellation;
  private final Limits limits;

  /**
   * Within what all steps together stay.
   *
   * @param whole the release's time limit, as configured
   * @param deadline when it is over
   * @param token carried by the programs; another one after each step that succeeded
   */
  record Limits(Duration whole, Deadline deadline, CurrentToken token) {}

  PlanRunner(Processes processes, ReleaseLog log, Cancellation cancellation, Limits limits) {
    this.processes = processes;
    this.log = log;
    this.cancellation = cancellation;
    this.limits = limits;
  }

  /** Runs the plan in {@code tree}; absent when every step succeeded, or when it was cancelled. */
  Optional<Failure> run(Plan plan, Path tree, Map<String, String> environment)
      throws InterruptedException {
    List<Step> steps = plan.steps();
    for (int i = 0; i < steps.size() && !cancellation.isCancelled(); i++) {
      Step step = steps.get(i);
      int number = i + 1;
      if (limits.deadline().isPast()) {
        return Optional.of(outOfTime(number, steps.size(), step));
      }
      log.notice("step %d of %d: %s".formatted(number, steps.size(), step.describe()));
      Exit exit = run(step, tree, environment);
      if (exit.succeeded()) {
        limits.token().renew();
      }
      if (exit.succeeded() || cancellation.isCancelled()) {
        continue;
      }
      // A step whose own limit is not shorter was ended by the release's.
      return Optional.of(
          exit instanceof Exit.TimedOut && limits.deadline().isPast()
              ? outOfTime(number, steps.size(), step)
              : new Failure.StepFailed(number, steps.size(), step, exit, log.tail()));
    }
    return Optional.empty();
  }

  private Failure outOfTime(int number, int of, Step step) {
    return new Failure.OutOfTime(number, of, step, limits.whole(), log.tail());
  }

  private Exit run(Step step, Path tree, Map<String, String> environment)
      throws InterruptedException {
    return switch (step) {
      case Step.Run(var command, Optional<Duration> timeout, Map<String, String> own) -> {
        log.hide(own);
        yield processes.run(
            new Launch(
                command.words(),
                tree,
                StepEnvironment.layered(
                    environment, own, Map.of(RunToken.VARIABLE, limits.token().value().value())),
                shorter(timeout)),
            log,
            cancellation);
      }
    };
  }

  /** A step's own limit, or what is left of the release's where that is less. */
  private Duration shorter(Optional<Duration> own) {
    Duration remaining = limits.deadline().remaining();
    return own.filter(limit -> limit.compareTo(remaining) < 0).orElse(remaining);
  }
}
