package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a deployment gave up, for whoever clears it away: an entry is taken away first, to {@code
 * failed/.NAME.removed}, where it is no entry any more, and removed once its end is on record. So
 * an operator who retries it at the same moment has it whole, or not at all. One thread.
 */
public final class FailedEntries {
  private static final String REMOVED = ".removed";

  private final Disk disk;
  private final Path directory;

  public FailedEntries(Disk disk, StateDirectory state, Slug slug) {
    this.disk = disk;
    this.directory = state.failed(slug);
  }

  /** Those that lie there, in order. */
  public List<EntryName> names() throws IOException {
    return Listing.entries(disk, directory);
  }

  /** Since when it is given up; absent where it is gone. */
  public Optional<Instant> since(EntryName name) throws IOException {
    Optional<Instant> since = disk.modified(reason(name));
    for (Path lies : List.of(directory.resolve(name.value()), place(name))) {
      if (since.isEmpty()) {
        since = disk.modified(lies);
      }
    }
    return since;
  }

  /** Takes it away; nothing when somebody else was quicker. */
  public void takeAway(EntryName name) throws IOException {
    try {
      disk.move(directory.resolve(name.value()), place(name));
    } catch (NoSuchFileException gone) {
      return;
    }
  }

  /** Brings what was taken away to stable storage. */
  public void sync() throws IOException {
    disk.sync(directory);
  }

  /** Those that were taken away and not removed yet. */
  public List<EntryName> takenAway() throws IOException {
    List<EntryName> names = new ArrayList<>();
    for (String file : disk.list(directory)) {
      if (file.startsWith(".") && file.endsWith(REMOVED)) {
        String name = file.substring(1, file.length() - REMOVED.length());
        if (EntryName.isEntry(name)) {
          names.add(new EntryName(name));
        }
      }
    }
    names.sort(null);
    return names;
  }

  /** Where one lies that was taken away. */
  public Path place(EntryName name) {
    return directory.resolve("." + name + REMOVED);
  }

  /** Removes one that was taken away, and the reason that lay beside it. */
  public void remove(EntryName name) throws IOException {
    if (!disk.exists(directory.resolve(name.value()))) {
      disk.delete(reason(name));
    }
    disk.delete(place(name));
  }

  private Path reason(EntryName name) {
    return directory.resolve(name + EntryName.REASON);
  }
}
