package dev.slipway.vocabulary;

/** The number of one run of a deployment: 1, 2, 3, … per slug, never given twice. */
public record ReleaseNumber(int value) implements Comparable<ReleaseNumber> {
  public ReleaseNumber {
    if (value < 1) {
      throw new IllegalArgumentException("a release number is 1 or more, not " + value);
    }
  }

  @Override
  public int compareTo(ReleaseNumber other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
