package dev.slipway.vocabulary;

/**
 * Text from outside made harmless for a message: in double quotes, control characters and
 * backslashes escaped, at most 100 characters of it.
 */
public final class Quoted {
  private static final int LIMIT = 100;

  private Quoted() {}

  /** {@code text} in double quotes, safe to print on a terminal and in a one-line log. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .limit(LIMIT)
        .forEach(point -> {
          if (point == '"' || point == '\\') {
            quoted.append('\\').appendCodePoint(point);
          } else if (point == '\t' || !Printable.isHarmless(point)) {
            quoted.append(Printable.escape(point));
          } else {
            quoted.appendCodePoint(point);
          }
        });
    if (text.codePointCount(0, text.length()) > LIMIT) {
      quoted.append('…');
    }
    return quoted.append('"').toString();
  }
}
