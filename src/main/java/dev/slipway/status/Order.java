package dev.slipway.status;

import dev.slipway.vocabulary.Quoted;
import java.util.Optional;

/**
 * What a person wants deployed.
 *
 * @param ref a branch's name, a full reference such as {@code refs/tags/v1}, or a whole commit id;
 *     absent: what the deployment follows
 * @param note what the person wants remembered
 * @param by who asks, for the payload's {@code pusher}
 */
public record Order(Optional<String> ref, Optional<String> note, String by) {
  /** The longest note, in characters. */
  public static final int NOTE_LIMIT = 1_000;

  public Order {
    if (note.filter(text -> text.length() > NOTE_LIMIT).isPresent()) {
      throw new IllegalArgumentException(
          "a note has at most " + NOTE_LIMIT + " characters, not " + note.get().length());
    }
    if (ref.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("a ref is a name, not " + Quoted.of(ref.get()));
    }
  }
}
