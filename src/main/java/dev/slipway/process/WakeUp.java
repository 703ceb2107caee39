package dev.slipway.process;

/**
 * A descriptor that wakes whoever polls it. Rung by any thread, also after it is closed; it stays
 * rung.
 */
final class WakeUp implements AutoCloseable {
  private static final int CLOSED = -1;

  private int descriptor = CLOSED;
  private boolean rung;

  /** Opens it, unless it is open; false where there is no descriptor left. */
  synchronized boolean open() {
    if (descriptor == CLOSED) {
      descriptor = Posix.openBell();
      if (rung && descriptor != CLOSED) {
        Posix.ring(descriptor);
      }
    }
    return descriptor != CLOSED;
  }

  synchronized int descriptor() {
    return descriptor;
  }

  synchronized void ring() {
    rung = true;
    if (descriptor != CLOSED) {
      Posix.ring(descriptor);
    }
  }

  synchronized boolean isRung() {
    return rung;
  }

  @Override
  public synchronized void close() {
    if (descriptor != CLOSED) {
      Posix.close(descriptor);
      descriptor = CLOSED;
    }
  }
}
