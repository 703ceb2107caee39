package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

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
    List<EntryName> before = entries(disk, directory);
    if (before.isEmpty()) {
      return new Listing(before, before);
    }
    while (true) {
      List<EntryName> names = entries(disk, directory);
      List<EntryName> settled = names.subList(0, settled(before, names));
      if (!settled.isEmpty() || names.isEmpty()) {
        return new Listing(names, settled);
      }
      before = names;
    }
  }

  /** One look: the entries as they are listed, in order. */
  static List<EntryName> entries(Disk disk, Path directory) throws IOException {
    List<EntryName> names = new ArrayList<>();
    for (String file : disk.list(directory)) {
      if (!EntryName.isEntry(file)) {
        continue;
      }
      EntryName name = new EntryName(file);
      // Asking the disk about each of 100,000 files would cost more than listing them.
      if (name.epochNanos().isPresent() || !disk.isDirectory(directory.resolve(file))) {
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  /** How many of {@code names}, from the first on, are all in {@code before}. */
  private static int settled(List<EntryName> before, List<EntryName> names) {
    Iterator<EntryName> known = before.iterator();
    int count = 0;
    for (EntryName name : names) {
      int order = -1;
      while (order < 0 && known.hasNext()) {
        order = known.next().compareTo(name);
      }
      if (order != 0) {
        break;
      }
      count++;
    }
    return count;
  }
}
