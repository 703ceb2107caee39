package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import dev.slipway.process.Exit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({
    "PT10S, 1, PT10S", "PT10S, 2, PT20S", "PT10S, 3, PT40S", "PT10S, 6, PT5M20S",
    "PT10S, 7, PT10M", "PT10S, 1000, PT10M", "PT0.5S, 2, PT1S", "PT0S, 5, PT0S"
  })
  void theRestDoublesFromTryToTryUpToTenMinutes(Duration first, int tries, Duration rest) {
    assertEquals(rest, Backoff.rest(first, tries, 0));
  }

  @ParameterizedTest
  @CsvSource({"PT30M, 1", "PT30M, 9", "P3650000D, 1", "P3650000D, 1000"})
  void whatTheConfigurationSaysIsNeverShortened(Duration first, int tries) {
    assertEquals(first, Backoff.rest(first, tries, 0));
  }

  @Test
  void whatFailedTogetherIsSpreadOverAQuarterOfTheRest() {
    assertEquals(Duration.ofSeconds(12), Backoff.rest(Duration.ofSeconds(10), 1, 0.8));
  }

  @ParameterizedTest
  @CsvSource({"PT1S", "PT10M", "PT3H"})
  void noRestIsLongerThanTheLongest(Duration first) {
    for (int tries = 1; tries < 50; tries++) {
      Duration rest = Backoff.rest(first, tries, 1);
      assertTrue(rest.compareTo(Backoff.longest(first)) <= 0, first + " after " + tries);
    }
  }

  private static final Conditions.Tries THREE = new Conditions.Tries(3, Duration.ofSeconds(10));

  static Stream<Arguments> failures() {
    Step step = Step.Run.of(new Command.Shell("make"));
    return Stream.of(
        Arguments.of("no answer", new Failure.NoCheckout("no answer", true), true),
        Arguments.of("no access", new Failure.NoCheckout("no access", false), false),
        Arguments.of("a full disk", new Failure.NotActivated("the disk refuses"), true),
        Arguments.of("a step", step(step, new Exit.Code(1)), true),
        Arguments.of("no such program", step(step, new Exit.NotStarted("no make")), false),
        Arguments.of("a bug", new Failure.Fault("it", new IllegalStateException()), false));
  }

  private static Failure step(Step step, Exit exit) {
    return new Failure.StepFailed(1, 1, step, exit, List.of());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void whatMayEndOtherwiseIsTriedAgainAsOftenAsTheConfigurationSays(
      String name, Failure failure, boolean again) {
    Optional<Duration> rest = Optional.of(Duration.ofSeconds(20));
    assertEquals(again ? rest : Optional.empty(), Backoff.before(failure, THREE, 2, 0));
    assertEquals(Optional.empty(), Backoff.before(failure, THREE, 3, 0));
  }
}
