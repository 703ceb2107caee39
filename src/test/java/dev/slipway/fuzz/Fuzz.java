package dev.slipway.fuzz;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Runs a check on many generated inputs, each made from a seed of its own. */
public final class Fuzz {
  private static final String COUNT = "slipway.fuzz.count";
  private static final String SEED = "slipway.fuzz.seed";
  private static final long FIRST = 20_261_121;

  private Fuzz() {}

  /** Makes an input and checks what becomes of it. */
  @FunctionalInterface
  public interface Check {
    void on(RandomGenerator random) throws Exception;
  }

  /**
   * Checks so many inputs, or as many as the property says.
   *
   * @throws AssertionError for the first that fails, with the seed that makes it again
   */
  public static void check(int quick, Check check) {
    int count = Integer.getInteger(COUNT, quick);
    long first = Long.getLong(SEED, FIRST);
    for (long seed = first; seed < first + count; seed++) {
      try {
        check.on(new SplittableRandom(seed));
      } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError failed) {
        throw new AssertionError(
            "again with -D%s=%d -D%s=1: %s".formatted(SEED, seed, COUNT, failed), failed);
      }
    }
  }

  /** One of them. */
  @SafeVarargs
  public static <T> T any(RandomGenerator random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
