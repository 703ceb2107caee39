package dev.slipway.spool;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * That a waiting entry was tried before.
 *
 * @param attempts how often it was tried, 1 or more
 * @param notBefore when it may be tried again
 */
public record Retry(int attempts, Instant notBefore) {
  String text() {
    return attempts + " " + notBefore;
  }

  static Optional<Retry> parse(String text) {
    String[] words = text.split(" ", 2);
    try {
      return Optional.of(new Retry(Integer.parseInt(words[0]), Instant.parse(words[1])));
    } catch (NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException damaged) {
      return Optional.empty();
    }
  }
}
