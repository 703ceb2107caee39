package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.event.EntryCodec;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way of one entry from the dispatcher's queue into a deployment's: a hard link and a mark. It
 * may be cut off anywhere and done again: that both names are one file tells what was forwarded
 * before from what merely has the same name. Under the lock of the marks.
 */
final class Forwarding {
  private final Disk disk;
  private final Queue queue;
  private final Markers markers;

  Forwarding(Disk disk, Queue queue, Markers markers) {
    this.disk = disk;
    this.queue = queue;
    this.markers = markers;
  }

  Queue.Forwarded forward(Path entry, EntryName name, EventId id) throws IOException {
    Optional<EntryName> marked = markers.nameOf(id);
    if (marked.isPresent()) {
      EntryName other = marked.get();
      if (queue.isHere(other)) {
        return isSame(entry, other) ? Queue.Forwarded.KNOWN : Queue.Forwarded.DUPLICATE;
      }
      if (!other.equals(name) && !disk.exists(queue.failed(other))) {
        // Removed by hand a moment ago; the next sweep says so, and cancels the event.
        return Queue.Forwarded.DUPLICATE;
      }
    }
    return isParked(entry, name) ? Queue.Forwarded.KNOWN : linkOrMend(entry, name, id);
  }

  private Queue.Forwarded linkOrMend(Path entry, EntryName name, EventId id) throws IOException {
    try {
      return link(entry, name, id);
    } catch (NoSuchFileException gone) {
      if (!disk.exists(entry)) {
        return Queue.Forwarded.REMOVED;
      }
      queue.create();
    } catch (FileSystemException refused) {
      // A system that protects hard links refuses them for another user's file.
      own(entry);
    }
    return link(entry, name, id);
  }

  private Queue.Forwarded link(Path entry, EntryName name, EventId id) throws IOException {
    EntryName place = name;
    Queue.Forwarded how = Queue.Forwarded.KNOWN;
    for (int times = 1; !isSame(entry, place); times++) {
      if (isFree(place, id) && linked(entry, place)) {
        how = Queue.Forwarded.LINKED;
        break;
      }
      place = name.taken(times);
    }
    markers.forget(id);
    markers.add(id, place);
    return how;
  }

  private boolean linked(Path entry, EntryName place) throws IOException {
    try {
      disk.link(entry, queue.waiting(place));
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** Whether no other entry has the name here, or had it a moment ago. */
  private boolean isFree(EntryName name, EventId id) throws IOException {
    return !queue.isHere(name) && markers.idOf(name).filter(other -> !other.equals(id)).isEmpty();
  }

  private boolean isSame(Path entry, EntryName name) throws IOException {
    return disk.isSameFile(entry, queue.waiting(name))
        || disk.isSameFile(entry, queue.active(name));
  }

  private boolean isParked(Path entry, EntryName name) throws IOException {
    EntryName place = name;
    for (int times = 1; disk.exists(queue.failed(place)); times++) {
      if (disk.isSameFile(entry, queue.failed(place))) {
        return true;
      }
      place = name.taken(times);
    }
    return false;
  }

  /** Puts a copy that is Slipway's own in the place of an entry. */
  private void own(Path entry) throws IOException {
    Path temporary = queue.temporary();
    disk.stage(temporary, disk.read(entry, EntryCodec.LIMIT));
    disk.replace(temporary, entry);
  }
}
