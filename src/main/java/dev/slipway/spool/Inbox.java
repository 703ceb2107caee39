package dev.slipway.spool;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where events are accepted: bytes in, a durable entry in the dispatcher's queue out. Many callers
 * write and sync their files side by side; each then gives its file a name, one after the other, so
 * entries become visible in the order of their names; and the directory is synced by one of them
 * for all who got a name before that sync began (group commit). Any thread.
 */
public final class Inbox implements AutoCloseable {
  /** Writers at once; more only wait for each other on the disk. */
  private static final int WRITERS = 16;

  /** Syncs of the directory at once: the next need not wait for the end of the one before. */
  private static final int SYNCS = 2;

  /** After this time nobody still writes a temporary file. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Disk disk;
  private final StateDirectory state;
  private final NameClock names;
  private final Semaphore writers = new Semaphore(WRITERS);
  private final AtomicLong sequence = new AtomicLong();
  private final Semaphore syncs = new Semaphore(SYNCS);
  private final ReentrantLock publishing = new ReentrantLock();

  /**
   * Who has a name and waits for the next sync of the directory; the first of them leads it.
   * Guarded by {@code publishing}.
   */
  private @Nullable CompletableFuture<Void> gathering;

  /** Guarded by {@code publishing}. */
  private boolean closed;

  private Inbox(Disk disk, StateDirectory state, NameClock names) {
    this.disk = disk;
    this.state = state;
    this.names = names;
  }

  /**
   * Prepares the state directory and clears what an earlier process left half written. One process
   * at a time may have the inbox of a state directory open.
   */
  public static Inbox open(Disk disk, StateDirectory state, InstantSource clock)
      throws IOException {
    disk.createDirectories(state.corrupt());
    disk.createDirectories(state.events());
    for (int lane = 0; lane < WRITERS; lane++) {
      Path directory = lane(state, lane);
      disk.createDirectories(directory);
      for (String leftover : disk.list(directory)) {
        disk.delete(directory.resolve(leftover));
      }
    }
    clear(disk, state.temporary(), clock.instant().minus(ABANDONED));
    return new Inbox(disk, state, NameClock.open(disk, state, clock));
  }

  /** Removes what commands and workers left half written; younger files may be in use. */
  private static void clear(Disk disk, Path temporary, Instant limit) throws IOException {
    for (String leftover : disk.list(temporary)) {
      Path file = temporary.resolve(leftover);
      if (!disk.isDirectory(file) && disk.modified(file).filter(limit::isAfter).isPresent()) {
        disk.delete(file);
      }
    }
  }

  /**
   * Accepts an entry; when this returns, it is on stable storage and visible under the name.
   *
   * @throws IOException when the disk refuses: nothing is promised. One that has its name already
   *     keeps it, and is worked off unless the power fails now: the dispatcher may be routing it,
   *     and taking it away then could leave it routed to some of its deployments.
   */
  public EntryName accept(byte[] entry) throws IOException, InterruptedException {
    long number = sequence.getAndIncrement();
    Path temporary = lane(state, number % WRITERS).resolve(Long.toString(number));
    stage(temporary, entry);
    EntryName name;
    CompletableFuture<Void> group;
    boolean leads;
    publishing.lock();
    try {
      name = publish(temporary);
      leads = gathering == null;
      group = gathering == null ? new CompletableFuture<>() : gathering;
      gathering = group;
    } catch (IOException refused) {
      throw discard(temporary, refused);
    } finally {
      publishing.unlock();
    }
    if (leads) {
      sync(group);
    }
    try {
      group.join();
      return name;
    } catch (CompletionException refused) {
      throw refusal(requireNonNullElse(refused.getCause(), refused));
    }
  }

  private void stage(Path temporary, byte[] entry) throws IOException, InterruptedException {
    writers.acquire();
    try {
      disk.stage(temporary, entry);
    } finally {
      writers.release();
    }
  }

  /** Syncs the directory for a group, which nobody joins any more once that begins. */
  private void sync(CompletableFuture<Void> group) {
    syncs.acquireUninterruptibly();
    try {
      endGathering();
      disk.sync(state.dispatcher());
      group.complete(null);
    } catch (IOException refused) {
      group.completeExceptionally(refused);
    } finally {
      syncs.release();
      // After a bug, too, nobody must wait for ever; of a group that has ended this changes
      // nothing.
      group.completeExceptionally(new IllegalStateException("the directory was not synced"));
    }
  }

  private void endGathering() {
    publishing.lock();
    try {
      gathering = null;
    } finally {
      publishing.unlock();
    }
  }

  private EntryName publish(Path temporary) throws IOException {
    while (true) {
      if (closed) {
        throw new IOException("the inbox is closed");
      }
      EntryName name = names.next();
      try {
        disk.move(temporary, state.dispatcher().resolve(name.value()));
        return name;
      } catch (FileAlreadyExistsException taken) {
        // An operator's file has this very name; the next one is free or will be.
      }
    }
  }

  private static IOException refusal(Throwable cause) {
    return new IOException("the event could not be made durable: " + cause.getMessage(), cause);
  }

  private IOException discard(Path file, IOException cause) {
    IOException refusal = refusal(cause);
    try {
      disk.delete(file);
    } catch (IOException again) {
      refusal.addSuppressed(again);
    }
    return refusal;
  }

  private static Path lane(StateDirectory state, long lane) {
    return state.temporary().resolve("inbox-" + lane);
  }

  /** Leaves the state directory; nothing is accepted any more. */
  @Override
  public void close() throws IOException {
    publishing.lock();
    try {
      closed = true;
      names.close();
    } finally {
      publishing.unlock();
    }
  }
}
