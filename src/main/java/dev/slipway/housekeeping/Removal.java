package dev.slipway.housekeeping;

import dev.slipway.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Removes files; one that cannot be removed keeps none of the others. */
final class Removal {
  private Removal() {}

  /**
   * @return how many were there
   * @throws IOException at the end, when some could not be removed
   */
  static int of(Disk disk, List<Path> files) throws IOException {
    int removed = 0;
    int refused = 0;
    IOException first = null;
    for (Path file : files) {
      try {
        removed += disk.delete(file) ? 1 : 0;
      } catch (IOException refusal) {
        refused++;
        first = first == null ? refusal : first;
      }
    }
    if (first != null) {
      throw new IOException(
          removed + " removed, " + refused + " could not be: " + first.getMessage(), first);
    }
    return removed;
  }
}
