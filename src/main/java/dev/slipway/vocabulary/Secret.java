package dev.slipway.vocabulary;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A value that must not be shown: a webhook secret, a token, a password. Only {@link #reveal} gives
 * it away, so it cannot reach a log through string concatenation.
 */
public record Secret(String reveal) {
  /** What stands wherever a secret would have been printed. */
  public static final String MASK = "***";

  /** What a part of a variable's name says that its value must not be shown. */
  private static final Set<String> WORDS =
      Set.of(
          "PASS",
          "PASSWORD",
          "PASSWD",
          "PASSPHRASE",
          "SECRET",
          "SECRETS",
          "TOKEN",
          "TOKENS",
          "KEY",
          "KEYS",
          "APIKEY",
          "CREDENTIAL",
          "CREDENTIALS");

  /** As {@code DB_PWD}, but not {@code PWD} and {@code OLDPWD}, which are folders. */
  private static final String ABBREVIATED = "_PWD";

  public Secret {
    if (reveal.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
  }

  /** Whether an environment variable of this name holds one, such as {@code API_KEY}. */
  public static boolean isNameOfOne(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.endsWith(ABBREVIATED) || Stream.of(name.split("_", -1)).anyMatch(WORDS::contains);
  }

  @Override
  public String toString() {
    return MASK;
  }
}
