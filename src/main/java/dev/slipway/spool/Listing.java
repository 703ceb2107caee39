package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The entries of a queue's directory, found in two looks. One look is no snapshot: of two entries
 * that are published while it lasts, it may show the later one alone. But whatever the first look
 * shows, everything published before that is there for the whole of the second.
 *
 * @param names all that the second look shows, in order
 * @param settled those of them up to the first that the first look did not show: nothing that was
 *     published before them is missing, so they may be worked off in this order
 */
record Listing(List<EntryName> names, List<EntryName> settled) {

  /** Looks until something has settled, or nothing is there. */
  static Listing of(Disk disk, Path directory) throws IOException {
    Look before = Look.of(each(disk, directory));
    if (before.isEmpty()) {
      return new Listing(List.of(), List.of());
    }
    while (true) {
      List<EntryName> names = entries(disk, directory);
      List<EntryName> settled = names.subList(0, before.known(names));
      if (!settled.isEmpty() || names.isEmpty()) {
        return new Listing(names, settled);
      }
      before = Look.of(names);
    }
  }

  /** One look: the entries as they are listed, in order. */
  static List<EntryName> entries(Disk disk, Path directory) throws IOException {
    List<EntryName> names = each(disk, directory);
    names.sort(null);
    return names;
  }

  private static List<EntryName> each(Disk disk, Path directory) throws IOException {
    List<String> files = disk.list(directory);
    List<EntryName> names = new ArrayList<>(files.size());
    for (String file : files) {
      if (!EntryName.isEntry(file)) {
        continue;
      }
      EntryName name = new EntryName(file);
      // Asking the disk about each of 100,000 files would cost more than listing them.
      if (name.epochNanos().isPresent() || !disk.isDirectory(directory.resolve(file))) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * The names that an earlier look showed: of a long queue nearly all are times, which take little
   * room as such.
   *
   * @param times sorted
   */
  @SuppressWarnings("ArrayRecordComponent") // Of this class alone, and never compared.
  private record Look(long[] times, Set<EntryName> others) {
    static Look of(List<EntryName> names) {
      long[] times =
          names.stream().flatMapToLong(name -> name.epochNanos().stream()).sorted().toArray();
      Set<EntryName> others = new HashSet<>();
      if (times.length < names.size()) {
        names.stream().filter(name -> name.epochNanos().isEmpty()).forEach(others::add);
      }
      return new Look(times, others);
    }

    boolean isEmpty() {
      return times.length == 0 && others.isEmpty();
    }

    /** How many of {@code names}, from the first on, were shown. */
    int known(List<EntryName> names) {
      int count = 0;
      while (count < names.size() && has(names.get(count))) {
        count++;
      }
      return count;
    }

    private boolean has(EntryName name) {
      OptionalLong time = name.epochNanos();
      return time.isPresent()
          ? Arrays.binarySearch(times, time.getAsLong()) >= 0
          : others.contains(name);
    }
  }
}
