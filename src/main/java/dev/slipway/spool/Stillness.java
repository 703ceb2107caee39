package dev.slipway.spool;

import dev.slipway.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells, without listing them, that directories are as they were last listed: by the times at which
 * they changed. Such a time is coarse, so a change may hide behind one that came a moment before;
 * it counts only once a later listing found it again. One thread.
 */
final class Stillness {
  /** So many looks in a row, the first two of them listings, see the same times. */
  private static final int LOOKS = 3;

  private final Disk disk;
  private final List<Path> directories;
  private List<Optional<Instant>> times = List.of();
  private int looks;

  Stillness(Disk disk, Path... directories) {
    this.disk = disk;
    this.directories = List.of(directories);
  }

  /** Looks; to be called before each listing, and a while after the last one. */
  boolean holds() throws IOException {
    List<Optional<Instant>> now = new ArrayList<>();
    for (Path directory : directories) {
      now.add(disk.modified(directory));
    }
    looks = now.equals(times) ? looks + 1 : 1;
    times = now;
    return looks >= LOOKS;
  }
}
