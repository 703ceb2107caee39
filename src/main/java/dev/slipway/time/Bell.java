package dev.slipway.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the one thread that rests on it. A ring while nobody rests is remembered, so no wake-up is
 * lost between looking and resting; several rings are one.
 */
public final class Bell {
  private final Semaphore rung = new Semaphore(0);

  /** Ends the current rest, or the next one before it begins. Any thread. */
  public void ring() {
    // An unread ring already says all that a second one would.
    if (rung.availablePermits() == 0) {
      rung.release();
    }
  }

  /** Rests until rung, or until {@code atMost} has passed; says whether it was rung. */
  public boolean rest(Duration atMost) throws InterruptedException {
    boolean wasRung = rung.tryAcquire(TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
    rung.drainPermits();
    return wasRung;
  }
}
