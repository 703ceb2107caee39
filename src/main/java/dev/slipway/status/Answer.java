package dev.slipway.status;

import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.util.List;
import java.util.Optional;

/** What became of something that a person asked for. */
public sealed interface Answer {
  /**
   * An entry waits now.
   *
   * @param note what the person wants remembered
   */
  record Queued(QueueEntry entry, Optional<String> note) implements Answer {}

  /** Nothing new starts. */
  record Paused(Slug deployment, String reason) implements Answer {}

  /** Entries may start again. */
  record Resumed(Slug deployment) implements Answer {}

  /** What runs is being ended. */
  record Cancelling(Slug deployment, EntryName entry, String reason) implements Answer {}

  /** Entries that failed, or were put aside, wait again. */
  record Retried(String queue, List<EntryName> entries) implements Answer {
    public Retried {
      entries = List.copyOf(entries);
    }
  }

  /** An entry is gone; {@code was} is where it lay. */
  record Dropped(String queue, EntryName entry, EntryState was) implements Answer {}

  /** Nothing was done; {@code reason} is a sentence for a person. */
  record Refused(Why why, String reason) implements Answer {}

  /** Of which kind the refusal is. */
  enum Why {
    /** What it is about does not exist. */
    UNKNOWN,
    /** It is asked for in words that mean nothing. */
    MALFORMED,
    /** It cannot be now; later it might. */
    NOT_NOW
  }
}
