package dev.slipway.process;

import java.time.Duration;

/** How a program ended. */
public sealed interface Exit {
  /** By itself, with an exit code; 128 + n when signal n ended it. */
  record Code(int value) implements Exit {}

  /** Ended because it ran longer than it may. */
  record TimedOut(Duration limit) implements Exit {}

  /** Ended because somebody asked for it. */
  record Cancelled() implements Exit {}

  /** It could not be started at all. */
  record NotStarted(String reason) implements Exit {}

  /** Whether the program ended by itself with exit code 0. */
  default boolean succeeded() {
    return this instanceof Code code && code.value() == 0;
  }

  /** What happened, as the end of a sentence that begins with the program's name. */
  default String describe() {
    return switch (this) {
      case Code(int value) -> "ended with exit code " + value;
      case TimedOut(Duration limit) ->
          "was ended after its time limit of " + limit.toSeconds() + " s";
      case Cancelled() -> "was cancelled";
      case NotStarted(String reason) -> "could not be started: " + reason;
    };
  }
}
