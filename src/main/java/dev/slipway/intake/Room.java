package dev.slipway.intake;

import dev.slipway.vocabulary.ByteSize;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the bodies under way share. A body takes of it as it grows and gives back when it
 * is done with; who finds none left is refused instead of waiting. Large bodies must leave a
 * reserve, so that half-sent ones cannot keep the ordinary ones out.
 *
 * <p>Any thread.
 */
final class Room {
  /** From this size on a body is large; GitHub's pushes are 10 to 100 KiB. */
  static final long LARGE = 256 << 10;

  private final long total;
  private final AtomicLong taken = new AtomicLong();

  Room(ByteSize total) {
    this.total = total.bytes();
  }

  /** Takes {@code bytes} for a body that has {@code held} so far; says whether there were any. */
  boolean take(long bytes, long held) {
    boolean large = held + bytes > LARGE;
    long limit = large ? total - Limits.RESERVE.bytes() : total;
    while (true) {
      long before = taken.get();
      if (before + bytes > limit) {
        return false;
      }
      if (taken.compareAndSet(before, before + bytes)) {
        return true;
      }
    }
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
