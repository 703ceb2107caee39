package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are waiting or active in one deployment's queue: for each a note named after the
 * event's id, whose text is the entry's name. It makes a second delivery of a waiting event visible
 * without reading the queue, and an entry that somebody removed without telling anybody. A copy is
 * kept in memory. Any thread.
 */
final class Markers {
  private final Disk disk;
  private final Path directory;
  private final Map<EventId, EntryName> names = new HashMap<>();
  private final Map<EntryName, EventId> ids = new HashMap<>();
  private boolean loaded;

  Markers(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Reads the notes, once; commands that never ask do not pay for a long queue. */
  private void load() throws IOException {
    if (!loaded) {
      readNew();
      loaded = true;
    }
  }

  /** Reads the notes that are not known yet. */
  private void readNew() throws IOException {
    for (String file : disk.list(directory)) {
      // What else may lie here is nobody's mark.
      if (EventId.isWellFormed(file) && !names.containsKey(new EventId(file))) {
        nameIn(directory.resolve(file)).ifPresent(name -> remember(new EventId(file), name));
      }
    }
  }

  private Optional<EntryName> nameIn(Path note) throws IOException {
    return disk.readNote(note).filter(EntryName::isEntry).map(EntryName::new);
  }

  /** The name that the event is marked under. */
  synchronized Optional<EntryName> nameOf(EventId id) throws IOException {
    load();
    return Optional.ofNullable(names.get(id));
  }

  /** Marks the event; false when it is marked under another name. */
  synchronized boolean add(EventId id, EntryName name) throws IOException {
    load();
    EntryName marked = names.get(id);
    if (marked != null) {
      return marked.equals(name);
    }
    Path note = directory.resolve(id.value());
    try {
      disk.note(note, name.value());
    } catch (FileAlreadyExistsException taken) {
      // Another process marked it, such as the command that submitted it.
      Optional<EntryName> other = nameIn(note);
      if (other.isPresent()) {
        remember(id, other.get());
        return other.get().equals(name);
      }
      disk.delete(note);
      disk.note(note, name.value());
    }
    remember(id, name);
    return true;
  }

  /** Forgets whatever is marked under this name. */
  synchronized void remove(EntryName name) throws IOException {
    load();
    EventId id = ids.get(name);
    if (id != null) {
      forget(id);
    }
  }

  /** Forgets under what name the event is marked. */
  synchronized void forget(EventId id) throws IOException {
    load();
    EntryName name = names.get(id);
    if (name != null) {
      disk.delete(directory.resolve(id.value()));
      names.remove(id);
      ids.remove(name, id);
    }
  }

  synchronized Optional<EventId> idOf(EntryName name) throws IOException {
    load();
    return Optional.ofNullable(ids.get(name));
  }

  /** All names that are marked now, by other processes too; the caller's own set. */
  synchronized Set<EntryName> marked() throws IOException {
    readNew();
    loaded = true;
    return new HashSet<>(ids.keySet());
  }

  void sync() throws IOException {
    disk.sync(directory);
  }

  private void remember(EventId id, EntryName name) {
    names.put(id, name);
    ids.put(name, id);
  }
}
