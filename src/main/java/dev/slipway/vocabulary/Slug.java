package dev.slipway.vocabulary;

import java.util.regex.Pattern;

/**
 * A deployment's name in the configuration, in queue directories and in addresses: {@code
 * [a-z0-9][a-z0-9-]{0,62}}. The word {@code dispatcher} is taken: it names the queue of events that
 * are not routed yet.
 */
public record Slug(String value) implements Comparable<Slug> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** The name of the dispatcher's own queue, which no deployment may have. */
  public static final String DISPATCHER = "dispatcher";

  public Slug {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a deployment's slug is 1 to 63 of a-z, 0-9 and -, and begins with a letter or digit, not"
              + " "
              + Quoted.of(value));
    }
    if (value.equals(DISPATCHER)) {
      throw new IllegalArgumentException("the slug \"dispatcher\" is reserved");
    }
  }

  @Override
  public int compareTo(Slug other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
