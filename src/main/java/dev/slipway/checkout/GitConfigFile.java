package dev.slipway.checkout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one thing that Slipway reads from, and writes into, a repository's own configuration file:
 * the address of its remote {@code origin} (git-config(1)).
 */
final class GitConfigFile {
  private static final Pattern SECTION =
      Pattern.compile("\\s*\\[([^]\"]*)(?:\"((?:[^\"\\\\]|\\\\.)*)\")?\\s*](.*)");
  private static final Pattern URL =
      Pattern.compile("\\s*url\\s*=\\s*(.*)", Pattern.CASE_INSENSITIVE);

  private GitConfigFile() {}

  /** The first address of the remote {@code origin}, if there is that remote. */
  static Optional<String> originUrl(String text) {
    boolean inOrigin = false;
    for (String line : text.lines().toList()) {
      String rest = line;
      Matcher section = SECTION.matcher(line);
      if (section.matches()) {
        inOrigin =
            section.group(1).strip().equalsIgnoreCase("remote")
                && "origin".equals(section.group(2));
        rest = section.group(3);
      }
      Matcher url = URL.matcher(rest);
      if (inOrigin && url.matches()) {
        return Optional.of(value(url.group(1)));
      }
    }
    return Optional.empty();
  }

  /** A value without its quotes, escapes and comment. */
  private static String value(String raw) {
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        value.append(raw.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '#' || c == ';')) {
        break;
      } else {
        value.append(c);
      }
    }
    return value.toString().strip();
  }

  /** A configuration that holds the remote {@code origin} alone. */
  static String withOrigin(String url) {
    String quoted = url.replace("\\", "\\\\").replace("\"", "\\\"");
    return "[remote \"origin\"]\n\turl = \""
        + quoted
        + "\"\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n";
  }
}
