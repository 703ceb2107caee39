package dev.slipway.intake;

import dev.slipway.vocabulary.ByteSize;
import java.time.Duration;

/**
 * What strangers may take of the listener.
 *
 * @param idle how long a connection may be open without a request being under way
 * @param head how long a request's line and headers may take
 * @param body how long a body may take from the end of the headers, however it drips; also how long
 *     the rest of a refused one is read, so that the sender sees the answer
 * @param connections open at a time; more wait in the kernel until one ends
 * @param memory what all bodies under way may take together
 */
public record Limits(
    Duration idle, Duration head, Duration body, int connections, ByteSize memory) {
  /** Of one request; GitHub's take about 1 KiB. */
  static final int HEADER_BYTES = 16 << 10;

  static final int HEADERS = 100;

  /** Free for bodies that are not large, however many large ones are under way. */
  static final ByteSize RESERVE = ByteSize.ofMiB(16);

  /** What bodies may take of the heap, in hundredths; the rest is the daemon's own. */
  private static final int SHARE = 60;

  /**
   * The limits of the daemon: room for one body of the largest size, in the form that needs most
   * copies of it, and for three tenths of the heap where that is more.
   *
   * @param heap the most that the heap may grow to
   * @throws IllegalArgumentException when bodies of that size could fill the heap
   */
  public static Limits standard(ByteSize maxBody, ByteSize heap) {
    long large = Math.max(Body.MOST_COPIES * maxBody.bytes(), heap.bytes() * 3 / 10);
    long needed = Body.MOST_COPIES * maxBody.bytes() + RESERVE.bytes();
    if (needed > heap.bytes() / 100 * SHARE) {
      throw new IllegalArgumentException(
          ("listen.max_body = %s needs a heap of %d MiB, this one may have %d MiB:"
                  + " lower it, or start with JAVA_OPTS=-Xmx%dm")
              .formatted(maxBody, heapFor(needed), heap.bytes() >> 20, heapFor(needed)));
    }
    return new Limits(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        1_000,
        new ByteSize(large + RESERVE.bytes()));
  }

  /** In MiB, rounded up to what the JVM gives of it, which keeps a part of the young space. */
  private static long heapFor(long needed) {
    return ((needed / SHARE * 100) >> 20) + 32;
  }
}
