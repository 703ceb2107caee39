package dev.slipway.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an event came from. */
public enum Source {
  /** GitHub posted it. */
  WEBHOOK,
  /** A person asked for it. */
  CLI,
  /** Slipway found it missing. */
  RECONCILE;

  /** The word that stands in an entry and in a release's {@code trigger}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The source of this word, if it is one. */
  public static Optional<Source> of(String word) {
    return Stream.of(values()).filter(source -> source.word().equals(word)).findFirst();
  }
}
