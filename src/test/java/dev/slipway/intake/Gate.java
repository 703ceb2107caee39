package dev.slipway.intake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds one act of the disk up until it is opened. */
final class Gate implements HookedDisk.Hook {
  private final String act;
  private final AtomicBoolean armed = new AtomicBoolean();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  Gate(String act) {
    this.act = act;
  }

  @Override
  public void before(String next) throws InterruptedException {
    if (next.equals(act) && armed.getAndSet(false)) {
      held.countDown();
      opened.await();
    }
  }

  void holdTheNext() {
    armed.set(true);
  }

  void awaitHeld() throws InterruptedException {
    held.await();
  }

  void open() {
    opened.countDown();
  }
}
