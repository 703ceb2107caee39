package dev.slipway.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The file name of an entry in a queue directory. Slipway's own are the epoch in nanoseconds, 19
 * digits, then {@code .json}; an operator may drop an entry in under any name of at most 200 bytes
 * that does not begin with a dot. Entries are worked off in the order of their names.
 */
public record EntryName(String value) implements Comparable<EntryName> {
  /** The ending of the file that says, beside a parked entry, why it was parked. */
  public static final String REASON = ".reason";

  /** The ending of the file that asks, beside an active entry, for its run to be ended. */
  public static final String CANCEL = ".cancel";

  /** The file that holds a queue back while it is there. */
  public static final String PAUSED = "paused";

  private static final String JSON = ".json";

  /** How many digits a name of Slipway's own form has. */
  private static final int DIGITS = 19;

  private static final String LATEST = Long.MAX_VALUE + JSON;

  /** In bytes; a file system allows 255, and the endings above need some of them. */
  private static final int LIMIT = 200;

  public EntryName {
    if (!isEntry(value)) {
      throw new IllegalArgumentException("not the name of an entry: " + Quoted.of(value));
    }
  }

  /** The name that Slipway gives to what it accepts at {@code epochNanos}. */
  public static EntryName at(long epochNanos) {
    return new EntryName(String.format(Locale.ROOT, "%019d.json", epochNanos));
  }

  /** Whether a file of this name in a queue directory is an entry. */
  public static boolean isEntry(String name) {
    // Of a long queue nearly all are so, and each is asked at every look.
    return isOwn(name) || isForeign(name);
  }

  private static boolean isOwn(String name) {
    if (name.length() != DIGITS + JSON.length() || !name.endsWith(JSON)) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isForeign(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && !name.equals(PAUSED)
        && !name.endsWith(REASON)
        && !name.endsWith(CANCEL)
        && fits(name);
  }

  /** The epoch in nanoseconds that a name of Slipway's own form says. */
  public OptionalLong epochNanos() {
    // Nineteen digits can say more than a long, and nobody but an operator chose those.
    return isOwn(value) && value.compareTo(LATEST) <= 0
        ? OptionalLong.of(Long.parseLong(value, 0, DIGITS, 10))
        : OptionalLong.empty();
  }

  /**
   * This name with {@code .1}, {@code .2}, … behind it, for a place where it is taken; a name that
   * would become too long is cut for it.
   */
  public EntryName taken(int times) {
    String ending = "." + times;
    String start = value;
    while (!fits(start + ending)) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return new EntryName(start + ending);
  }

  private static boolean fits(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= LIMIT;
  }

  @Override
  public int compareTo(EntryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
