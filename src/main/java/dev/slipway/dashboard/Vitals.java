package dev.slipway.dashboard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the listener cannot see for itself.
 *
 * @param intake what the webhook listener counted; absent where it is another process
 * @param obstacles why events can not be accepted and worked off, a sentence each; none: they can
 * @param version of the program
 */
public record Vitals(
    Supplier<Optional<Intake>> intake, Supplier<List<String>> obstacles, String version) {

  /**
   * What was counted since the listener was opened.
   *
   * @param accepted events on stable storage that were answered with 202
   * @param refused refusals by their HTTP status
   */
  public record Intake(long accepted, Map<Integer, Long> refused) {
    public Intake {
      refused = Map.copyOf(refused);
    }
  }
}
