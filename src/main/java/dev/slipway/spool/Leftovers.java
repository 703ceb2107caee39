package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what a crash, or somebody's {@code rm}, left behind: files that nobody reads any more. What
 * was touched after the limit may still be in use, and is not named.
 */
public final class Leftovers {
  private final Disk disk;
  private final StateDirectory state;

  public Leftovers(Disk disk, StateDirectory state) {
    this.disk = disk;
    this.state = state;
  }

  /** Files that never got their names. */
  public List<Path> temporary(Instant limit) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String name : disk.list(state.temporary())) {
      Path file = state.temporary().resolve(name);
      if (disk.isDirectory(file)) {
        for (String staged : disk.list(file)) {
          addIfOld(file.resolve(staged), limit, found);
        }
      } else if (!file.equals(state.temporary().resolve(state.names().getFileName()))) {
        // But the one name that is used again and again.
        addIfOld(file, limit, found);
      }
    }
    return found;
  }

  /** Reasons without their entries, of a directory that keeps both. */
  public List<Path> reasons(Path directory, Instant limit) throws IOException {
    List<Path> found = new ArrayList<>();
    List<String> files = disk.list(directory);
    Set<String> there = new HashSet<>(files);
    for (String file : files) {
      if (file.endsWith(EntryName.REASON) && !there.contains(entryOf(file))) {
        addIfOld(directory.resolve(file), limit, found);
      }
    }
    return found;
  }

  private static String entryOf(String reason) {
    return reason.substring(0, reason.length() - EntryName.REASON.length());
  }

  /** Notes of tries of a deployment's entries that are gone. */
  public List<Path> retries(Slug slug, Instant limit) throws IOException {
    List<Path> found = new ArrayList<>();
    Queue queue = Queue.at(disk, state, slug);
    for (String file : disk.list(state.retries(slug))) {
      if (!EntryName.isEntry(file) || !queue.isHere(new EntryName(file))) {
        addIfOld(state.retries(slug).resolve(file), limit, found);
      }
    }
    return found;
  }

  /** What is remembered of the queues that are there no more. */
  public List<Path> submitted(Instant limit) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String file : disk.list(state.submitted())) {
      if (!disk.exists(state.queues().resolve(file))) {
        addIfOld(state.submitted().resolve(file), limit, found);
      }
    }
    return found;
  }

  private void addIfOld(Path file, Instant limit, List<Path> found) throws IOException {
    if (!disk.isDirectory(file) && disk.modified(file).filter(limit::isAfter).isPresent()) {
      found.add(file);
    }
  }
}
