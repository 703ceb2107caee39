package dev.slipway.lock;

import dev.slipway.time.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks of several hosts: a lease in Redis, and below it the lock of this host, taken first and
 * given back last. Its {@link #renewal} must be repeated while it is in use; without it each lease
 * is lost after nine tenths of its time, and says so. Any thread.
 */
public final class RedisLocks implements Locks, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLocks.class);

  private final Locks local;
  private final RedisSettings settings;
  private final LongSupplier nanoTime;
  private final RedisServer server;
  private final Map<RedisLease, Lease> open = new ConcurrentHashMap<>();
  // Only the thread that repeats the renewal looks at this.
  private boolean isAnswering = true;

  /**
   * Connects to nothing yet.
   *
   * @param local the locks of this host
   * @param nanoTime the monotonic clock
   */
  public RedisLocks(Locks local, RedisSettings settings, LongSupplier nanoTime) {
    this.local = local;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.server = new RedisServer(settings);
  }

  @Override
  public Optional<Lease> tryAcquire(LockName name) throws IOException {
    Optional<Lease> below = local.tryAcquire(name);
    if (below.isEmpty()) {
      return Optional.empty();
    }
    boolean isTaken = false;
    try {
      Optional<Lease> lease = acquire(name, below.get());
      isTaken = lease.isPresent();
      return lease;
    } finally {
      if (!isTaken) {
        below.get().close();
      }
    }
  }

  private Optional<Lease> acquire(LockName name, Lease below) throws IOException {
    String token = UUID.randomUUID().toString();
    long since = nanoTime.getAsLong();
    OptionalLong fence = server.acquire(name, token);
    if (fence.isEmpty()) {
      return Optional.empty();
    }
    // A tenth for a clock that runs slower here than there.
    long certain = settings.ttl().toNanos() / 10 * 9;
    RedisLease lease =
        new RedisLease(
            new RedisLease.Grant(name, token, fence.getAsLong(), since, certain),
            nanoTime,
            this::giveBack);
    open.put(lease, below);
    return Optional.of(lease);
  }

  private void giveBack(RedisLease lease) {
    Lease below = open.remove(lease);
    try {
      var _ = server.release(lease.grant().name(), lease.grant().token());
    } catch (IOException unreachable) {
      LOG.info(
          "lease left to run out lock={} within={} reason={}",
          lease.grant().name(),
          settings.ttl(),
          unreachable.getMessage());
    } finally {
      if (below != null) {
        below.close();
      }
    }
  }

  /**
   * Asks whether leases can be had now.
   *
   * @throws IOException when Redis does not answer, or refuses: nothing can be deployed
   */
  public void check() throws IOException {
    server.ping();
  }

  /**
   * What one thread of the daemon repeats: renews each lease that has gone a third of its time, and
   * tells the holders of those that are lost. It never throws because of Redis: that would make the
   * rests longer, and while Redis is away they must be shorter.
   */
  public Loop renewal() {
    return this::renew;
  }

  private Duration renew() {
    boolean isSilent = false;
    for (RedisLease lease : open.keySet()) {
      boolean isDue = lease.isHeld() && lease.age() >= settings.ttl().toNanos() / 3;
      // A server that did not answer for one lease is not waited for once more for each other.
      if (isDue && !isSilent) {
        isSilent = !renew(lease);
      }
    }
    return settings.ttl().dividedBy(isSilent ? 15 : 6);
  }

  /** Whether Redis answered. */
  private boolean renew(RedisLease lease) {
    RedisLease.Grant grant = lease.grant();
    long since = nanoTime.getAsLong();
    try {
      if (server.renew(grant.name(), grant.token())) {
        lease.renewed(since);
      } else if (open.containsKey(lease)) {
        lease.lose("Redis knows another holder, or none");
      }
      if (!isAnswering) {
        isAnswering = true;
        LOG.info("leases are renewed again redis={}", settings.place());
      }
      return true;
    } catch (IOException unreachable) {
      if (isAnswering) {
        isAnswering = false;
        LOG.warn("leases are not renewed reason=\"{}\"", unreachable.getMessage());
      }
      return false;
    }
  }

  /** Ends the connections; leases that are still open run out. */
  @Override
  public void close() {
    server.close();
  }
}
