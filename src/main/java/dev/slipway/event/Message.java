package dev.slipway.event;

import java.time.Instant;

/** One line of a release's log. */
public sealed interface Message {
  Instant at();

  /** A line that a program printed. */
  record Line(Instant at, String data, String stream) implements Message {}

  /** Slipway's own word on how it goes. */
  record Notice(Instant at, String data) implements Message {}

  /** What went wrong. */
  record Fault(Instant at, String data) implements Message {}

  /** The last message of every release: the state it ended in. */
  record Completed(Instant at, String state) implements Message {}
}
