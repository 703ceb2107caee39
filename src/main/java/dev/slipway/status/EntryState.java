package dev.slipway.status;

import java.util.Locale;

/** In which part of a queue an entry lies. */
public enum EntryState {
  WAITING,
  ACTIVE,
  FAILED,
  /** Put aside by the dispatcher because it is no event. */
  CORRUPT;

  /** The word, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
