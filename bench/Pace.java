import java.io.IOException;
import java.time.Duration;

/**
 * How fast a queue empties, as its directory shows. Each look is followed by a rest of many times its
 * length: looking at a long queue takes the machine that is measured.
 */
final class Pace {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Host host;
  private final String queue;
  private final long since = System.nanoTime();

  Pace(Host host, String queue, int count) {
    this.host = host;
    this.queue = queue;
  }

  /** Waits until fewer than this wait; milliseconds since the beginning. */
  double untilLess(int count) throws Exception {
    while (count > 0 && look() >= count) {
      if (millis() > PATIENCE.toMillis()) {
        throw new IOException("nothing is worked off: " + host.log());
      }
    }
    return millis();
  }

  /** Worked off in a second, until the queue is empty or for so many seconds. */
  double rate(int count, int seconds) throws Exception {
    long start = System.nanoTime();
    long before = host.backlog().waiting(queue);
    long left = before;
    while (left > 0 && System.nanoTime() - start < seconds * 1_000_000_000L) {
      if (millis() > PATIENCE.toMillis()) {
        throw new IOException(left + " of " + count + " are stuck: " + host.log());
      }
      left = look();
    }
    return (before - left) / ((System.nanoTime() - start) / 1e9);
  }

  private long look() throws Exception {
    long start = System.nanoTime();
    long waiting = host.backlog().waiting(queue);
    Thread.sleep(Math.max(1, (System.nanoTime() - start) / 100_000));
    return waiting;
  }

  private double millis() {
    return (System.nanoTime() - since) / 1e6;
  }
}
