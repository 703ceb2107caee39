package dev.slipway.lock;

import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.Slug;
import java.util.regex.Pattern;

/** The name of a lock, safe as a file name and in a Redis key. */
public record LockName(String value) implements Comparable<LockName> {
  private static final Pattern FORM = Pattern.compile("[a-z]+\\.[a-z0-9][a-z0-9_-]{0,62}");

  public LockName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a lock's name: " + Quoted.of(value));
    }
  }

  /** The lock that keeps a deployment from running beside itself. */
  public static LockName ofDeployment(Slug slug) {
    return new LockName("deployment." + slug);
  }

  /** A lock that the configuration names: 1 to 63 of a-z, 0-9, - and _. */
  public static LockName named(String name) {
    return new LockName("named." + name);
  }

  @Override
  public int compareTo(LockName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
