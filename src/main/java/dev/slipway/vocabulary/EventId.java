package dev.slipway.vocabulary;

/**
 * The identity of one webhook delivery, GitHub's {@code X-GitHub-Delivery} header: 1 to 64 of
 * {@code [A-Za-z0-9-]}. A redelivery carries the id of the first delivery.
 */
public record EventId(String value) implements Comparable<EventId> {
  private static final int LONGEST = 64;

  public EventId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "an event id is 1 to 64 letters, digits and hyphens, not " + Quoted.of(value));
    }
  }

  /** Whether the text is one. */
  public static boolean isWellFormed(String text) {
    return !text.isEmpty() && text.length() <= LONGEST && text.chars().allMatch(EventId::isAllowed);
  }

  private static boolean isAllowed(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-';
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
