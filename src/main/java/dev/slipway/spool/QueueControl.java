package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people do to a queue by command, all of which they could do with {@code mv}, {@code rm} and
 * {@code touch} as well. Works on the files alone, so also while no daemon runs. Any thread, any
 * process.
 */
public final class QueueControl {
  private final Disk disk;
  private final StateDirectory state;
  private final Queue queue;
  private final InstantSource clock;

  public QueueControl(Disk disk, StateDirectory state, Queue queue, InstantSource clock) {
    this.disk = disk;
    this.state = state;
    this.queue = queue;
    this.clock = clock;
  }

  /** Puts an entry that a person made behind all that waits here; durable when this returns. */
  public EntryName submit(byte[] entry, EventId id) throws IOException {
    Path temporary = queue.temporary();
    disk.stage(temporary, entry);
    try {
      EntryName name = link(temporary);
      try {
        queue.adopt(name, id);
        queue.sync();
      } catch (IOException refused) {
        // Whoever asked is told that it failed.
        disk.delete(queue.waiting(name));
        queue.forget(name);
        throw refused;
      }
      return name;
    } finally {
      disk.delete(temporary);
    }
  }

  private EntryName link(Path temporary) throws IOException {
    long last = queue.lastSubmitted().orElse(0);
    long now = NameClock.epochNanos(clock.instant());
    for (long at = Math.max(now, Math.max(last, behind(last)) + 1); ; at++) {
      EntryName name = EntryName.at(at);
      if (disk.exists(queue.failed(name)) || disk.exists(queue.active(name))) {
        continue;
      }
      try {
        disk.link(temporary, queue.waiting(name));
      } catch (FileAlreadyExistsException taken) {
        // Somebody submits at the same nanosecond; the next one is free.
        continue;
      }
      queue.submitted(at);
      return name;
    }
  }

  /** The latest time that a name here says, of those that Slipway gave. */
  private long behind(long last) throws IOException {
    long bound = Math.max(NameClock.readBound(disk, state), last);
    return Stream.of(queue.waiting(), queue.active())
        .flatMap(List::stream)
        .flatMapToLong(name -> name.epochNanos().stream())
        .filter(nanos -> nanos <= bound)
        .max()
        .orElse(0);
  }

  /** Lets nothing new start; a reason that stands there already is replaced. */
  public void pause(String reason) throws IOException {
    queue.write(queue.pauseFile(), reason + "\n");
  }

  /** Lets entries start again; says whether they were held back. */
  public boolean resume() throws IOException {
    boolean held = disk.delete(queue.pauseFile());
    disk.sync(state.queue(queue.slug()));
    return held;
  }

  /** Removes a waiting entry; false when it is not there (any more). */
  public boolean remove(EntryName name) throws IOException {
    return disk.delete(queue.waiting(name));
  }

  /**
   * Moves a failed entry back among those that wait; false when it is not there.
   *
   * @throws FileAlreadyExistsException when an entry of this name waits already
   */
  public boolean retry(EntryName name) throws IOException {
    // A request that came too late for its last run must not end the next one.
    disk.delete(queue.cancel(name));
    try {
      disk.move(queue.failed(name), queue.waiting(name));
    } catch (NoSuchFileException gone) {
      return false;
    }
    queue.sync();
    // Only now: an entry that a power cut puts back still has its reason.
    disk.delete(queue.reason(name));
    disk.sync(queue.failedDirectory());
    return true;
  }

  /**
   * Removes a failed entry and its reason; false when it is not there. The worker finds its event
   * marked and its file gone, and records it as cancelled.
   *
   * @param event absent where the entry is no event
   */
  public boolean dropFailed(EntryName name, Optional<EventId> event) throws IOException {
    if (event.isPresent() && disk.exists(queue.failed(name))) {
      boolean _ = queue.adopt(name, event.get());
    }
    boolean there = disk.delete(queue.failed(name));
    if (there && event.isPresent() && !queue.isPending(event.get())) {
      // The worker met the mark while the entry was there still, and took it for an old one. Where
      // it has recorded the removal already, it does so once more, which changes nothing.
      boolean _ = Queue.at(disk, state, queue.slug()).adopt(name, event.get());
    }
    disk.delete(queue.reason(name));
    return there;
  }

  /** Asks for the end of what runs under this name. */
  public void requestCancel(EntryName name, String reason) throws IOException {
    queue.write(queue.cancel(name), reason + "\n");
  }
}
