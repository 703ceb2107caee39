package dev.slipway.lock;

/** A lease that ends when it is closed, or with the process; nothing else ends it. */
final class FileLease implements Lease {
  private final LockFile file;
  private boolean isOpen = true;

  FileLease(LockFile file) {
    this.file = file;
  }

  @Override
  public synchronized boolean isHeld() {
    return isOpen;
  }

  @Override
  public long fencingToken() {
    return 0;
  }

  @Override
  public void onLost(Runnable action) {
    // The kernel does not take it away.
  }

  @Override
  public synchronized void close() {
    if (isOpen) {
      isOpen = false;
      file.close();
    }
  }
}
