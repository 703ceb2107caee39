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

  /**
   * The limits of the daemon: two fifths of the heap for bodies, and in any heap enough for one of
   * the largest size, which is held twice while it is put into its entry.
   */
  public static Limits standard(ByteSize maxBody) {
    long large = Math.max(2 * maxBody.bytes(), Runtime.getRuntime().maxMemory() * 3 / 10);
    return new Limits(
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        1_000,
        new ByteSize(large + RESERVE.bytes()));
  }
}
