package dev.slipway.process;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A random word that every program of one release carries in its environment as {@code
 * SLIPWAY_RUN}, written down before the first of them starts. After a crash it tells the release's
 * own remains from every stranger.
 */
public record RunToken(String value) {
  /** The variable's name. */
  public static final String VARIABLE = "SLIPWAY_RUN";

  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  public RunToken {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a run token");
    }
  }

  public static RunToken random() {
    return new RunToken(UUID.randomUUID().toString());
  }
}
