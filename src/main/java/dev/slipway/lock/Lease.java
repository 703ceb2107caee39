package dev.slipway.lock;

/** A lock that is held until this is closed, or until it is lost. */
public interface Lease extends AutoCloseable {
  /**
   * Whether it is still held for certain; once false it stays false. A holder asks this before any
   * act that another holder must not see done twice.
   */
  boolean isHeld();

  /**
   * A number that is larger for each later holder of the same lock; 0 where only this host counts.
   */
  long fencingToken();

  /**
   * Has {@code action} run once if the lease is lost while it is open, at once if it already was.
   */
  void onLost(Runnable action);

  /** Gives the lock back. Never throws: what cannot be given back runs out by itself. */
  @Override
  void close();
}
