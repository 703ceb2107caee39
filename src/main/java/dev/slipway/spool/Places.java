package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Where an entry goes when its name is taken: {@code .1}, {@code .2}, … behind it. */
final class Places {
  private Places() {}

  /** The first name that is free now. */
  static EntryName free(Disk disk, Path directory, EntryName name) throws IOException {
    EntryName place = name;
    for (int times = 1; disk.exists(directory.resolve(place.value())); times++) {
      place = name.taken(times);
    }
    return place;
  }

  /**
   * Moves an entry to the first name that is free.
   *
   * @throws java.nio.file.NoSuchFileException when it is gone
   */
  static EntryName move(Disk disk, Path entry, Path directory, EntryName name) throws IOException {
    EntryName place = name;
    for (int times = 1; ; times++) {
      try {
        disk.move(entry, directory.resolve(place.value()));
        return place;
      } catch (FileAlreadyExistsException taken) {
        place = name.taken(times);
      }
    }
  }
}
