package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import dev.slipway.process.Exit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final Step STEP = Step.Run.of(new Command.Shell("make build"));

  private static Failure failed(Exit exit) {
    return new Failure.StepFailed(2, 3, STEP, exit, List.of("no rule"));
  }

  @Test
  void aFailedStepIsNamedWithItsPlaceAndItsEnd() {
    assertEquals(
        "step 2 of 3 (run make build) ended with exit code 2", failed(new Exit.Code(2)).describe());
    assertEquals(
        "step 2 of 3 (run make build) was ended after its time limit of 120 s",
        failed(new Exit.TimedOut(Duration.ofMinutes(2))).describe());
    assertEquals(
        "step 2 of 3 (run make build) could not be started: make not found",
        failed(new Exit.NotStarted("make not found")).describe());
  }

  @Test
  void theReleasesOwnTimeLimitIsNotTakenForTheSteps() {
    assertEquals(
        "the deployment's time limit of 1800 s was over at step 2 of 3 (run make build)",
        new Failure.OutOfTime(2, 3, STEP, Duration.ofMinutes(30), List.of()).describe());
  }

  @Test
  void whatOnlyAPersonCanMendIsNotTriedAgain() {
    assertTrue(failed(new Exit.Code(1)).isWorthRetrying());
    assertTrue(failed(new Exit.TimedOut(Duration.ofSeconds(1))).isWorthRetrying());
    assertFalse(failed(new Exit.NotStarted("make not found")).isWorthRetrying());
    assertTrue(new Failure.NotActivated("the disk refuses").isWorthRetrying());
    assertTrue(
        new Failure.OutOfTime(1, 1, STEP, Duration.ofSeconds(1), List.of()).isWorthRetrying());
    assertFalse(new Failure.NoCheckout("access is refused", false).isWorthRetrying());
    assertTrue(new Failure.NoCheckout("no answer", true).isWorthRetrying());
    assertFalse(new Failure.Fault("Slipway itself", new IllegalStateException()).isWorthRetrying());
  }

  @Test
  void aFaultShowsWhereItHappened() {
    Failure fault = new Failure.Fault("the recipe node", new IllegalStateException("no package"));
    assertEquals(
        "a fault in the recipe node: java.lang.IllegalStateException: no package",
        fault.describe());
    assertTrue(
        fault.details().getFirst().startsWith("at dev.slipway.deploy.FailureTest.aFault"),
        fault.details().getFirst());
    assertTrue(fault.details().size() <= 20);
  }
}
