package dev.slipway.github;

import java.time.Duration;

/** Why a call had no result; each with a reason that an operator understands. */
sealed interface Trouble {
  String reason();

  /** GitHub refuses it, and will again until somebody changes something. */
  record Refused(String reason) implements Trouble {}

  /** Too much was asked for; {@code rest} is how long to ask for nothing at all. */
  record Later(Duration rest, String reason) implements Trouble {}

  /** GitHub does not answer, or not sensibly. */
  record Unreachable(String reason) implements Trouble {}
}
