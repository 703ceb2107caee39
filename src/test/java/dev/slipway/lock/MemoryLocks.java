package dev.slipway.lock;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Locks in memory, which keep the same contract; they can be lost, or not answer. Any thread. */
public final class MemoryLocks implements Locks {
  private final Map<LockName, Held> held = new HashMap<>();
  private long taken;
  private boolean unavailable;

  /** From now on nobody gets a lock, since who keeps them does not answer; or they do again. */
  public synchronized void unavailable(boolean now) {
    unavailable = now;
  }

  /**
   * Takes the lock away from whoever holds it, as when its time ran out; says whether anybody did.
   */
  public boolean lose(LockName name) {
    Held lease;
    synchronized (this) {
      lease = held.remove(name);
    }
    if (lease == null) {
      return false;
    }
    lease.lost();
    return true;
  }

  /** Whether somebody holds the lock. */
  public synchronized boolean isTaken(LockName name) {
    return held.containsKey(name);
  }

  @Override
  public synchronized Optional<Lease> tryAcquire(LockName name) throws IOException {
    if (unavailable) {
      throw new IOException("the locks do not answer");
    }
    if (held.containsKey(name)) {
      return Optional.empty();
    }
    taken++;
    Held lease = new Held(name, taken);
    held.put(name, lease);
    return Optional.of(lease);
  }

  private synchronized void release(Held lease) {
    held.remove(lease.name, lease);
  }

  private final class Held implements Lease {
    private final LockName name;
    private final long fencingToken;
    private final List<Runnable> whenLost = new ArrayList<>();
    private boolean isHeld = true;
    private boolean isLost;

    Held(LockName name, long fencingToken) {
      this.name = name;
      this.fencingToken = fencingToken;
    }

    void lost() {
      List<Runnable> actions;
      synchronized (this) {
        if (!isHeld) {
          return;
        }
        isHeld = false;
        isLost = true;
        actions = List.copyOf(whenLost);
      }
      actions.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean isHeld() {
      return isHeld;
    }

    @Override
    public long fencingToken() {
      return fencingToken;
    }

    @Override
    public void onLost(Runnable action) {
      synchronized (this) {
        whenLost.add(action);
        if (!isLost) {
          return;
        }
      }
      action.run();
    }

    @Override
    public void close() {
      synchronized (this) {
        isHeld = false;
        isLost = false;
      }
      release(this);
    }
  }
}
