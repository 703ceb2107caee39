package dev.slipway.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease in Redis above one of this host.
 *
 * <pre>
 *   HELD ──a renewal finds another token, or none──▶ LOST ──close──▶ CLOSED
 *     ├────no renewal in time, by the own clock────▶ LOST
 *     └────close───────────────────────────────────────────────────▶ CLOSED
 * </pre>
 *
 * <p>{@link #isHeld} itself looks at the clock, so that a process that stood still, and its
 * renewals with it, does not believe that it still holds.
 */
final class RedisLease implements Lease {
  private enum State {
    HELD,
    LOST,
    CLOSED
  }

  /**
   * What Redis granted.
   *
   * @param since on the monotonic clock, when the request was sent
   * @param certain for how many nanoseconds after a request it is certain to hold
   */
  record Grant(LockName name, String token, long fencingToken, long since, long certain) {}

  private static final Logger LOG = LoggerFactory.getLogger(RedisLease.class);

  private final Grant grant;
  private final LongSupplier nanoTime;
  private final Consumer<RedisLease> giveBack;
  private final List<Runnable> whenLost = new ArrayList<>();
  private State state = State.HELD;
  private long renewedAt;

  RedisLease(Grant grant, LongSupplier nanoTime, Consumer<RedisLease> giveBack) {
    this.grant = grant;
    this.nanoTime = nanoTime;
    this.giveBack = giveBack;
    this.renewedAt = grant.since();
  }

  Grant grant() {
    return grant;
  }

  /** For how many nanoseconds it has not been renewed. */
  synchronized long age() {
    return nanoTime.getAsLong() - renewedAt;
  }

  @Override
  public boolean isHeld() {
    if (age() >= grant.certain()) {
      lose("it was not renewed in time");
    }
    synchronized (this) {
      return state == State.HELD;
    }
  }

  /** Redis granted it again by a request sent at {@code since}. */
  synchronized void renewed(long since) {
    renewedAt = since;
  }

  /** It is not held any more; says so, and does what was asked for in that case, once. */
  void lose(String reason) {
    List<Runnable> actions;
    synchronized (this) {
      if (state != State.HELD) {
        return;
      }
      state = State.LOST;
      actions = List.copyOf(whenLost);
    }
    LOG.warn("lease lost lock={} reason=\"{}\"", grant.name(), reason);
    actions.forEach(Runnable::run);
  }

  @Override
  public long fencingToken() {
    return grant.fencingToken();
  }

  @Override
  public void onLost(Runnable action) {
    synchronized (this) {
      whenLost.add(action);
      if (state != State.LOST) {
        return;
      }
    }
    action.run();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (state == State.CLOSED) {
        return;
      }
      state = State.CLOSED;
    }
    giveBack.accept(this);
  }
}
