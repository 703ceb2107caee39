package dev.slipway.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A full git reference name such as {@code refs/heads/main}, by the rules of {@code git
 * check-ref-format}. It always begins with {@code refs/}, so it can never be taken for an option.
 */
public record GitRef(String value) implements Comparable<GitRef> {
  private static final String BRANCH = "refs/heads/";
  private static final String TAG = "refs/tags/";
  private static final int LIMIT = 1024;

  public GitRef {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a git reference begins with refs/ and follows git check-ref-format, not "
              + Quoted.of(value));
    }
  }

  public static GitRef ofBranch(String name) {
    return new GitRef(BRANCH + name);
  }

  public static GitRef ofTag(String name) {
    return new GitRef(TAG + name);
  }

  /** The branch's short name, if this is a branch. */
  public Optional<String> branch() {
    return after(BRANCH);
  }

  /** The tag's short name, if this is a tag. */
  public Optional<String> tag() {
    return after(TAG);
  }

  private Optional<String> after(String prefix) {
    return value.startsWith(prefix)
        ? Optional.of(value.substring(prefix.length()))
        : Optional.empty();
  }

  private static boolean isWellFormed(String ref) {
    if (!ref.startsWith("refs/") || ref.length() > LIMIT || ref.endsWith(".")) {
      return false;
    }
    if (ref.contains("..") || ref.contains("@{")) {
      return false;
    }
    if (ref.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "~^:?*[\\".indexOf(c) >= 0)) {
      return false;
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(ref)) {
      // Half a surrogate pair would reach git as a question mark, another reference.
      return false;
    }
    for (String part : ref.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.endsWith(".lock")) {
        return false;
      }
    }
    return ref.indexOf('/', "refs/".length()) > 0;
  }

  @Override
  public int compareTo(GitRef other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
