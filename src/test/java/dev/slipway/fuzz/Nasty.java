package dev.slipway.fuzz;

import java.util.random.RandomGenerator;

/** Texts that are valid by accident only. */
public final class Nasty {
  private static final String[] PIECES = {
    "",
    ".",
    "..",
    "/",
    "../",
    "/../",
    "//",
    "\\",
    "-",
    "--",
    "--upload-pack=x",
    "~",
    "^",
    ":",
    "@{",
    "*",
    "?",
    "[",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\0",
    "\u0007",
    "\b",
    "\u001b[2J",
    "\u001b]0;x\u0007",
    "\u001b]52;c;eA==\u0007",
    "\u007f",
    "\u0080",
    "\u0085",
    "\u009b2J",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\u200e",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u2066",
    "\ufeff",
    "\uffff",
    "\ud834",
    "\udd1e",
    "𝄞",
    "ä",
    "日本",
    "ﬀ",
    "İ",
    "ı",
    "ß",
    "%00",
    "%2e%2e",
    "%",
    "$(id)",
    "`id`",
    ";id",
    "|id",
    "&",
    "'",
    "\"",
    "<b>",
    "${x}",
    "{{x}}",
    "refs/",
    "refs/heads/",
    "refs/tags/",
    "heads",
    "main",
    ".lock",
    ".git",
    ".json",
    ".reason",
    ".cancel",
    "paused",
    "dispatcher",
    "active",
    "failed",
    "corrupt",
    "NUL",
    "con",
    "0",
    "1",
    "9223372036854775807",
    "9223372036854775808",
    "1763706000123456789",
    "1e999999",
    "NaN",
    "-0",
    "0x1",
    "١٢",
    "null",
    "true",
    "example",
    "website",
    "a",
    "Z",
    "_",
    "+",
    "=",
    ",",
    "#",
    "://",
    "user:pw@",
    "fe80::1%eth0",
    "::ffff:127.0.0.1",
    "127.0.0.1",
    "255.255.255"
  };

  private Nasty() {}

  /** A short text of such pieces; now and then a long one. */
  public static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(6);
    for (int i = 0; i < pieces; i++) {
      text.append(
          random.nextInt(8) == 0
              ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
              : Fuzz.any(random, PIECES));
    }
    return random.nextInt(50) == 0
        ? text.toString().repeat(random.nextInt(5_000))
        : text.toString();
  }

  /** A valid text with something wrong in one place. */
  public static String near(RandomGenerator random, String valid) {
    int at = random.nextInt(valid.length() + 1);
    int skip = random.nextBoolean() ? Math.min(valid.length() - at, random.nextInt(3)) : 0;
    return valid.substring(0, at) + text(random) + valid.substring(at + skip);
  }

  /** Any bytes. */
  public static byte[] bytes(RandomGenerator random, int atMost) {
    byte[] bytes = new byte[random.nextInt(atMost + 1)];
    random.nextBytes(bytes);
    return bytes;
  }
}
