package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Events that were routed, kept for {@link #AGE} and at most {@link #COUNT}. One thread. */
public final class Events {
  public static final Duration AGE = Duration.ofDays(7);
  public static final int COUNT = 10_000;

  private final Disk disk;
  private final StateDirectory state;

  /** What is kept, as last listed and changed since; listed when first needed. */
  private @Nullable NavigableSet<EntryName> kept;

  public Events(Disk disk, StateDirectory state) {
    this.disk = disk;
    this.state = state;
  }

  /** Moves a routed entry from the dispatcher's queue to those that are kept. */
  public void keep(EntryName name) throws IOException {
    try {
      Path entry = state.dispatcher().resolve(name.value());
      EntryName place = Places.move(disk, entry, state.events(), name);
      NavigableSet<EntryName> all = kept();
      all.add(place);
      while (all.size() > COUNT) {
        disk.delete(place(all.removeFirst()));
      }
    } catch (NoSuchFileException removed) {
      // By hand, after it was routed: there is nothing to keep.
      return;
    }
  }

  /** Brings what was moved to stable storage. */
  public void sync() throws IOException {
    disk.sync(state.events());
    disk.sync(state.dispatcher());
  }

  /** Removes what is too old, and looks anew at what is there; says how many it removed. */
  public int prune(Instant now) throws IOException {
    kept = null;
    int removed = 0;
    for (EntryName event : List.copyOf(kept())) {
      if (isOlder(place(event), now.minus(AGE))) {
        disk.delete(place(event));
        kept().remove(event);
        removed++;
      }
    }
    return removed;
  }

  private NavigableSet<EntryName> kept() throws IOException {
    NavigableSet<EntryName> known = kept;
    if (known == null) {
      known = new TreeSet<>();
      for (String file : disk.list(state.events())) {
        if (EntryName.isEntry(file) && !disk.isDirectory(state.events().resolve(file))) {
          known.add(new EntryName(file));
        }
      }
      kept = known;
    }
    return known;
  }

  private Path place(EntryName name) {
    return state.events().resolve(name.value());
  }

  private boolean isOlder(Path event, Instant limit) throws IOException {
    return disk.modified(event).filter(limit::isAfter).isPresent();
  }
}
