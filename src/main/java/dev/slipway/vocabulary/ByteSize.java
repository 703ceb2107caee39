package dev.slipway.vocabulary;

import java.util.regex.Pattern;

/** A number of bytes, written {@code 500MiB} or {@code 25MB}; 0 or more. */
public record ByteSize(long bytes) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,15}) ?(B|kB|KB|KiB|MB|MiB|GB|GiB|TB|TiB)?");

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is 0 bytes or more, not " + bytes);
    }
  }

  public static ByteSize ofMiB(long mebibytes) {
    return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
  }

  /** Reads {@code 25MiB}, {@code 500MB}, {@code 1024} (bytes). */
  public static ByteSize parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "a size is a number and a unit, such as \"500MiB\" or \"25MB\", not " + Quoted.of(text));
    }
    long unit =
        switch (form.group(2)) {
          case null -> 1;
          case "kB", "KB" -> 1_000L;
          case "KiB" -> 1L << 10;
          case "MB" -> 1_000_000L;
          case "MiB" -> 1L << 20;
          case "GB" -> 1_000_000_000L;
          case "GiB" -> 1L << 30;
          case "TB" -> 1_000_000_000_000L;
          case "TiB" -> 1L << 40;
          default -> 1;
        };
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(form.group(1)), unit));
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException(
          "a size of " + Quoted.of(text) + " is too large", tooLarge);
    }
  }

  /** The largest unit that says it without a fraction: {@code 25MiB}. */
  @Override
  public String toString() {
    String[] units = {"TiB", "GiB", "MiB", "KiB"};
    for (int i = 0; i < units.length; i++) {
      int shift = 10 * (units.length - i);
      if (bytes >= 1L << shift && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + units[i];
      }
    }
    return bytes + "B";
  }
}
