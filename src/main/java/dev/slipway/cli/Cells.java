package dev.slipway.cli;

import dev.slipway.event.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How single values stand in a table. */
final class Cells {
  /** What stands where there is nothing. */
  static final String NONE = "-";

  private static final int WIDTH = 80;

  private Cells() {}

  /** A member of a view; {@link #NONE} where it has no value. */
  static String text(JsonObject view, String member) {
    Object value = view.members().get(member);
    if (value instanceof Optional<?> optional) {
      return optional.map(Object::toString).orElse(NONE);
    }
    return value == null ? NONE : value.toString();
  }

  /** A reference without what every branch has in common. */
  static String ref(String ref) {
    return ref.startsWith("refs/heads/") ? ref.substring("refs/heads/".length()) : ref;
  }

  /** The first digits of a commit. */
  static String commit(String commit) {
    return commit.length() > 7 ? commit.substring(0, 7) : commit;
  }

  static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** The beginning of a sentence that would make a table too wide. */
  static String brief(String text) {
    return text.codePointCount(0, text.length()) <= WIDTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, WIDTH - 1)).stripTrailing() + "…";
  }

  /** A number and what it counts. */
  static String count(int number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }

  /** How long ago something was, to the largest unit; what another clock put ahead is just now. */
  static String ago(Duration age) {
    if (age.isNegative()) {
      return "0s";
    }
    if (age.toDays() > 1) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 1) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + "m" : age.toSeconds() + "s";
  }

  /** A time to the second, as it stands in the JSON. */
  static String time(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond()).toString();
  }
}
