package dev.slipway.time;

/** A clock that only measures: it never steps, and its zero means nothing. */
@FunctionalInterface
public interface Monotonic {
  /** Nanoseconds since some moment. */
  long nanos();

  /** The machine's own. */
  static Monotonic system() {
    return System::nanoTime;
  }
}
