package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An entry that one worker has in hand, under {@code active/}. It ends in exactly one way: done
 * (recorded before, now removed), parked with a reason, or waiting again. Only its worker's thread.
 */
public final class Claim {
  private final Disk disk;
  private final Queue queue;
  private final EntryName name;

  Claim(Disk disk, Queue queue, EntryName name) {
    this.disk = disk;
    this.queue = queue;
    this.name = name;
  }

  public EntryName name() {
    return name;
  }

  /** The entry's file, for those who are given its place. */
  public Path file() {
    return queue.active(name);
  }

  public byte[] read(long limit) throws IOException {
    return disk.read(file(), limit);
  }

  /** Why its end was asked for by a file beside it, if it was. */
  public Optional<String> cancelRequest() throws IOException {
    return new Explanation(queue.cancel(name))
        .read(disk)
        .map(reason -> reason.isEmpty() ? "by an operator" : reason);
  }

  /** Removes the entry; how it ended is on record already. */
  public void done() throws IOException {
    // The entry last: as long as it is there, a crash makes nothing seem removed by hand.
    queue.forget(name);
    disk.delete(queue.cancel(name));
    disk.delete(file());
  }

  /**
   * The name that the entry would have under {@code failed/}; it differs where its own is taken.
   */
  public EntryName parkingPlace() throws IOException {
    return Places.free(disk, queue.failedDirectory(), name);
  }

  /**
   * Gives the entry up: it stays, whole, under {@code failed/}, with the reason beside it. One that
   * somebody removed meanwhile is left to the sweep, which finds it missing.
   *
   * @return its name there, see {@link #parkingPlace}
   */
  public EntryName park(String reason) throws IOException {
    EntryName place = parkingPlace();
    // The reason first: a crash in between leaves the entry active, never without its reason.
    queue.write(queue.reason(place), reason.strip() + "\n");
    try {
      disk.move(file(), queue.failed(place));
    } catch (NoSuchFileException removed) {
      disk.delete(queue.reason(place));
      return place;
    }
    disk.sync(queue.failedDirectory());
    disk.delete(queue.cancel(name));
    queue.forget(name);
    return place;
  }

  /**
   * Lets the entry wait again, as if nothing had happened. A request for its end that came at the
   * last moment stays beside it, and ends its next run.
   */
  public void release() throws IOException {
    queue.letWait(name);
  }

  /** Lets the entry wait for its next try. */
  public void retryLater(Retry retry) throws IOException {
    queue.replaceNote(queue.retry(name), retry.text());
    release();
  }
}
