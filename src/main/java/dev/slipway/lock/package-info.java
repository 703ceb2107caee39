/**
 * Who may act now. A lock is held by a {@link dev.slipway.lock.Lease} that its holder closes.
 *
 * <p>On one host the exclusion is a {@link dev.slipway.lock.FileLocks file lock}, one file per
 * name, which the kernel takes back when the process ends, also by SIGKILL; the file's text is the
 * process id of its holder, {@code cat} it. Nothing but this package may open such a file, for
 * closing it gives up whatever the process holds of it. {@link dev.slipway.lock.StateLock} is the
 * same for the state directory as a whole, and tells others who works on it.
 *
 * <p>With Redis, Valkey or Dragonfly {@link dev.slipway.lock.RedisLocks} extends it over hosts:
 * after the file lock a lease under {@code slipway:lock:NAME}, taken by {@code SET NX PX} with a
 * random token, renewed after each third of its time (30 s unless configured) and given back by
 * scripts that compare the token first. {@code slipway:fence:NAME} counts the holders: the fencing
 * token. {@code redis-cli PTTL slipway:lock:deployment.website} shows how long a lease still holds;
 * deleting the key takes the lease away, which its holder notices at the next renewal. A holder
 * counts a lease as lost as soon as Redis says so, or when nine tenths of its time have passed on
 * its own monotonic clock without a renewal, and stops before it activates anything. Correctness
 * never rests on Redis alone: what counts once is counted by the record store.
 *
 * <p>{@link dev.slipway.lock.Locks} is a seam with two real implementations. The only place that
 * uses Jedis, and file locks, which is why it opens files by itself. It starts no thread: the
 * daemon repeats {@link dev.slipway.lock.RedisLocks#renewal}. Any thread may take and close leases.
 */
@NullMarked
package dev.slipway.lock;

import org.jspecify.annotations.NullMarked;
