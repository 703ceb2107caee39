package dev.slipway.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One act of a plan. The kinds are sealed: the runner knows every one of them. */
public sealed interface Step {
  /** One line that tells an operator what the step does. */
  String describe();

  /**
   * Runs a command in the checkout.
   *
   * @param timeout after which its whole process group is ended; absent: the deployment's own limit
   * @param environment added last, over the deployment's {@code env}
   */
  record Run(Command command, Optional<Duration> timeout, Map<String, String> environment)
      implements Step {
    public Run {
      environment = Map.copyOf(environment);
    }

    public static Run of(Command command) {
      return new Run(command, Optional.empty(), Map.of());
    }

    @Override
    public String describe() {
      return "run " + command.describe();
    }
  }
}
