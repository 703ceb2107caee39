package dev.slipway.vocabulary;

/**
 * A value that must not be shown: a webhook secret, a token, a password. Only {@link #reveal} gives
 * it away, so it cannot reach a log through string concatenation.
 */
public record Secret(String reveal) {
  /** What stands wherever a secret would have been printed. */
  public static final String MASK = "***";

  public Secret {
    if (reveal.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return MASK;
  }
}
