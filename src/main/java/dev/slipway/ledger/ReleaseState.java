package dev.slipway.ledger;

import java.util.Locale;
import java.util.stream.Stream;

/** Where a release stands. */
public enum ReleaseState {
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** Cut off by the end of the daemon; the entry runs again under a new number. */
  INTERRUPTED,
  CANCELLED,
  /** Its health check failed and the release before it was brought back. */
  ROLLED_BACK;

  /** The word in the record store. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The state of this word. */
  public static ReleaseState of(String word) {
    return Stream.of(values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a release's state: " + word));
  }
}
