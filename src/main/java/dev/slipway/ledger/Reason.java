package dev.slipway.ledger;

/**
 * The text of a column {@code reason}: at most {@value #LIMIT} characters, without the null
 * character, which PostgreSQL does not store.
 */
final class Reason {
  static final int LIMIT = 4000;

  private Reason() {}

  /** As much of {@code text} as the record store keeps. */
  static String storable(String text) {
    String whole = text.replace('\0', '\ufffd');
    if (whole.length() <= LIMIT) {
      return whole;
    }
    int end = LIMIT - 1;
    // Half a surrogate pair is no text.
    return whole.substring(0, Character.isHighSurrogate(whole.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
