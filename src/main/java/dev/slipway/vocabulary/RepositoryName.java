package dev.slipway.vocabulary;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A GitHub repository as {@code owner/name}. GitHub compares both parts without regard to case, and
 * so does {@link #equals}; the spelling is kept for showing.
 */
public record RepositoryName(String value) {
  private static final Pattern FORM =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})/(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

  public RepositoryName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a repository is written owner/name, not " + Quoted.of(value));
    }
  }

  private String folded() {
    return value.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RepositoryName that && folded().equals(that.folded());
  }

  @Override
  public int hashCode() {
    return folded().hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
