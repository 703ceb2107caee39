package dev.slipway.app;

import dev.slipway.disk.Disk;
import dev.slipway.spool.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the work side says of itself in the file {@code work.status}, so that an intake process can
 * answer {@code /readyz} truthfully: a line for each obstacle and each flaw, none when all is well.
 * It holds only while a work process holds its lock.
 */
final class WorkStatus {
  private static final int LIMIT = 64 << 10;

  private final Disk disk;
  private final Path file;
  private final Path temporary;
  private Optional<Health> written = Optional.empty();

  WorkStatus(Disk disk, StateDirectory state) {
    this.disk = disk;
    this.file = state.root().resolve("work.status");
    this.temporary = state.root().resolve("work.status.new");
  }

  /** Says how it is now. Only the work side's health loop. */
  void write(Health health) throws IOException {
    if (written.equals(Optional.of(health))) {
      return;
    }
    disk.delete(temporary);
    disk.stage(temporary, health.text().getBytes(StandardCharsets.UTF_8));
    disk.replace(temporary, file);
    written = Optional.of(health);
  }

  /** What the work side said last. */
  Health read() throws IOException {
    try {
      return Health.parse(new String(disk.read(file, LIMIT), StandardCharsets.UTF_8));
    } catch (NoSuchFileException silent) {
      return Health.hinderedBy("the work process has not said yet how it is");
    }
  }
}
