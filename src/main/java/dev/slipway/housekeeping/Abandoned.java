package dev.slipway.housekeeping;

import dev.slipway.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Files that belong to nobody any more: half written, or beside what is there no more. */
final class Abandoned implements Chore {
  /** Finds files that nobody has touched since a moment. */
  @FunctionalInterface
  interface Search {
    List<Path> since(Instant limit) throws IOException;
  }

  private final Disk disk;
  private final String what;
  private final Search search;

  Abandoned(Disk disk, String what, Search search) {
    this.disk = disk;
    this.what = what;
    this.search = search;
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public int clear(Instant now) throws IOException {
    List<Path> found = search.since(now.minus(Keep.ABANDONED));
    return Removal.of(disk, found.stream().limit(SOME).toList());
  }
}
