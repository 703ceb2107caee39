package dev.slipway.checkout;

import dev.slipway.process.Cancellation;
import dev.slipway.process.Output;
import dev.slipway.time.Deadline;
import java.util.Map;
import java.util.function.Consumer;

/**
 * In what one checkout works.
 *
 * @param environment the base of git's own environment: PATH, HOME and the like, and the run's
 *     token
 * @param output takes what git says
 * @param notes takes what Slipway itself says, one line at a time
 * @param deadline for all of it together
 */
public record CheckoutSurroundings(
    Map<String, String> environment,
    Output output,
    Consumer<String> notes,
    Cancellation cancellation,
    Deadline deadline) {
  public CheckoutSurroundings {
    environment = Map.copyOf(environment);
  }

  /** The same, but what git says is not handed on. */
  CheckoutSurroundings silent() {
    return saying((stream, text) -> {});
  }

  /** The same, but what git says goes there. */
  CheckoutSurroundings saying(Output other) {
    return new CheckoutSurroundings(environment, other, notes, cancellation, deadline);
  }
}
