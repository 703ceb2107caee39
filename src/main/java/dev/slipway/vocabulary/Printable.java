package dev.slipway.vocabulary;

import java.util.function.IntFunction;

/**
 * Text from outside as it may be shown: without what a terminal, a log or a reader could take for
 * something other than a character. Those are the control characters (the C1 ones among them, by
 * one of which a terminal is commanded without ESC), the invisible ones that turn the direction of
 * writing or hide, the separators of lines and paragraphs, and halves of surrogate pairs. A tab
 * stays.
 */
public final class Printable {
  private static final String REPLACEMENT = "\ufffd";

  private Printable() {}

  /** The text with U+FFFD in the place of each of them. */
  public static String of(String text) {
    return replaced(text, point -> REPLACEMENT);
  }

  /** The text with each of them as {@code \\u001b}, so that a reader sees what it was. */
  public static String escaped(String text) {
    return replaced(text, Printable::escape);
  }

  private static String replaced(String text, IntFunction<String> replacement) {
    if (text.codePoints().allMatch(Printable::isHarmless)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (isHarmless(point)) {
            shown.appendCodePoint(point);
          } else {
            shown.append(replacement.apply(point));
          }
        });
    return shown.toString();
  }

  /** How a character is written that cannot be shown. */
  static String escape(int point) {
    return String.format("\\u%04x", point);
  }

  /** Whether the character is nothing but itself, wherever it is shown. */
  public static boolean isHarmless(int point) {
    return point == '\t'
        || switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
