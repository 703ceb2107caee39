package dev.slipway.process;

/**
 * A descriptor that wakes whoever polls it. Rung by any thread, also after it is closed; it stays
 * rung.
 */
final class WakeUp implements AutoCloseable {
  private static final int CLOSED = -1;

  private int descriptor = Posix.openBell();
  private boolean rung;

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
