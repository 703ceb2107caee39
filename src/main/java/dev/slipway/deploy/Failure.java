package dev.slipway.deploy;

import dev.slipway.plan.Step;
import dev.slipway.process.Exit;
import java.time.Duration;
import java.util.List;

/** Why a run did not succeed, as an operator reads it. */
sealed interface Failure {
  /** What happened, in one sentence without its full stop. */
  String describe();

  /** Whether a further try can end otherwise. */
  boolean isWorthRetrying();

  /** The lines that tell more, the last of them last. */
  default List<String> details() {
    return List.of();
  }

  /**
   * A step of the plan failed.
   *
   * @param number its place in the plan, from 1
   * @param details the last lines that were printed
   */
  record StepFailed(int number, int of, Step step, Exit exit, List<String> details)
      implements Failure {
    public StepFailed {
      details = List.copyOf(details);
    }

    @Override
    public String describe() {
      return "step %d of %d (%s) %s".formatted(number, of, step.describe(), exit.describe());
    }

    @Override
    public boolean isWorthRetrying() {
      return !(exit instanceof Exit.NotStarted);
    }
  }

  /**
   * The deployment's own time limit was over before a step had ended, or begun.
   *
   * @param number the step's place in the plan, from 1
   */
  record OutOfTime(int number, int of, Step step, Duration limit, List<String> details)
      implements Failure {
    public OutOfTime {
      details = List.copyOf(details);
    }

    @Override
    public String describe() {
      return "the deployment's time limit of %d s was over at step %d of %d (%s)"
          .formatted(limit.toSeconds(), number, of, step.describe());
    }

    @Override
    public boolean isWorthRetrying() {
      return true;
    }
  }

  /** The commit could not be checked out. */
  record NoCheckout(String reason, boolean isWorthRetrying) implements Failure {
    @Override
    public String describe() {
      return "the checkout failed: " + reason;
    }
  }

  /** All steps succeeded, but the release could not be made live. */
  record NotActivated(String reason) implements Failure {
    @Override
    public String describe() {
      return "it could not be made live: " + reason;
    }

    @Override
    public boolean isWorthRetrying() {
      return true;
    }
  }

  /**
   * A fault in the program, not in what it was given.
   *
   * @param part where, such as {@code Slipway itself} or {@code the recipe steps}
   */
  record Fault(String part, RuntimeException bug) implements Failure {
    /** The part that is nobody else's. */
    static final String SLIPWAY = "Slipway itself";

    private static final int FRAMES = 20;

    @Override
    public String describe() {
      return "a fault in %s: %s".formatted(part, bug);
    }

    @Override
    public boolean isWorthRetrying() {
      return false;
    }

    @Override
    public List<String> details() {
      return List.of(bug.getStackTrace()).stream().limit(FRAMES).map(at -> "at " + at).toList();
    }
  }
}
