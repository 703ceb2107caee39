package dev.slipway.spool;

import dev.slipway.process.RunToken;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.util.Optional;

/**
 * What a deployment is running now, written down before its first program starts; found after a
 * crash, it says what to clear away.
 *
 * @param unclean how many times in a row the daemon ended uncleanly while this entry ran
 */
public record RunNote(EntryName entry, EventId event, RunToken token, int unclean) {
  String text() {
    return String.join(" ", event.value(), token.value(), Integer.toString(unclean), entry.value());
  }

  static Optional<RunNote> parse(String text) {
    String[] words = text.split(" ", 4);
    try {
      return Optional.of(
          new RunNote(
              new EntryName(words[3]),
              new EventId(words[0]),
              new RunToken(words[1]),
              Integer.parseInt(words[2])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
      return Optional.empty();
    }
  }
}
