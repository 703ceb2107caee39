package dev.slipway.vocabulary;

import java.util.Locale;
import java.util.regex.Pattern;

/** A full git object name: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. */
public record CommitId(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  public CommitId {
    value = value.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a commit is 40 or 64 hexadecimal digits, not " + Quoted.of(value));
    }
  }

  /** Whether this is git's null object name, which GitHub sends for a created or deleted ref. */
  public boolean isZero() {
    return value.chars().allMatch(digit -> digit == '0');
  }

  /** The first seven digits, as people write commits. */
  public String brief() {
    return value.substring(0, 7);
  }

  @Override
  public String toString() {
    return value;
  }
}
