package dev.slipway.app;

import dev.slipway.disk.Disk;
import dev.slipway.spool.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the work side says of itself in the file {@code work.status}, so that an intake process can
 * answer {@code /readyz} truthfully: one obstacle per line, none when all is well. It holds only
 * while a work process holds its lock.
 */
final class WorkStatus {
  private static final int LIMIT = 64 << 10;

  private final Disk disk;
  private final Path file;
  private final Path temporary;
  private List<String> written = List.of("never written");

  WorkStatus(Disk disk, StateDirectory state) {
    this.disk = disk;
    this.file = state.root().resolve("work.status");
    this.temporary = state.root().resolve("work.status.new");
  }

  /** Says what stands in the way now. Only the work side's health loop. */
  void write(List<String> obstacles) throws IOException {
    if (obstacles.equals(written)) {
      return;
    }
    disk.delete(temporary);
    disk.stage(temporary, String.join("\n", obstacles).getBytes(StandardCharsets.UTF_8));
    disk.replace(temporary, file);
    written = List.copyOf(obstacles);
  }

  /** What the work side said last. */
  List<String> read() throws IOException {
    try {
      String text = new String(disk.read(file, LIMIT), StandardCharsets.UTF_8);
      return text.lines().toList();
    } catch (NoSuchFileException silent) {
      return List.of("the work process has not said yet how it is");
    }
  }
}
