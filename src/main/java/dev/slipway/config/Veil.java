package dev.slipway.config;

import dev.slipway.vocabulary.Secret;
import java.util.regex.Pattern;

/** How much of a text may be seen. */
enum Veil {
  /** All of it. */
  NONE,
  /** An address: all but the password that it may hold. */
  ADDRESS,
  /** Nothing. */
  SECRET;

  private static final Pattern LOGIN = Pattern.compile("^(?<scheme>[a-z+:]*//)?.*@");
  private static final Pattern PASSWORD = Pattern.compile("(?<user>//[^/@:\\s]*):\\S*@");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)(?<name>[a-z_]*(?:pass|pwd|token|secret|key)[a-z_]*)=[^&;\\s]*");

  /** The text for a message on a fault: whoever the address logs in as is hidden, too. */
  String inMessage(String text) {
    return switch (this) {
      case NONE -> text;
      case SECRET -> Secret.MASK;
      case ADDRESS ->
          withoutParameters(
              LOGIN
                  .matcher(text)
                  .replaceFirst(login ->
                      (login.group("scheme") == null ? "" : login.group("scheme"))
                          + Secret.MASK
                          + "@"));
    };
  }

  /** The text of a valid value as the configuration is shown. */
  String shown(String text) {
    return switch (this) {
      case NONE -> text;
      case SECRET -> Secret.MASK;
      case ADDRESS ->
          withoutParameters(
              PASSWORD
                  .matcher(text)
                  .replaceFirst(login -> login.group("user") + ":" + Secret.MASK + "@"));
    };
  }

  private static String withoutParameters(String text) {
    return PARAMETER.matcher(text).replaceAll(found -> found.group("name") + "=" + Secret.MASK);
  }
}
