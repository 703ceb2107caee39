package dev.slipway.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The deliveries under way: none may enter any more once it is shut. Any thread. */
final class InFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int count;
  private boolean shut;

  /** One delivery's; closed when it has been dealt with, more than once is as good as once. */
  final class Stay implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();

    @Override
    public void close() {
      if (!over.getAndSet(true)) {
        leave();
      }
    }
  }

  /** Enters, if it may. */
  Optional<Stay> enter() {
    lock.lock();
    try {
      if (shut) {
        return Optional.empty();
      }
      count++;
      return Optional.of(new Stay());
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void shut() {
    lock.lock();
    try {
      shut = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all have left; says whether they did in time. */
  boolean awaitNone(Duration atMost) throws InterruptedException {
    long rest = atMost.toNanos();
    lock.lock();
    try {
      while (count > 0 && rest > 0) {
        rest = none.awaitNanos(rest);
      }
      return count == 0;
    } finally {
      lock.unlock();
    }
  }
}
