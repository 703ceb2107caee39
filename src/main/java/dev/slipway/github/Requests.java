package dev.slipway.github;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which events were asked for, so that each is asked for once, also after a restart: for each a
 * note named after the event, whose text is the time.
 */
final class Requests {
  /** After this GitHub's deliveries are not looked at any more. */
  static final Duration AGE = Duration.ofDays(4);

  private final Disk disk;
  private final Path directory;

  Requests(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /** Writes down that the event is asked for; false when it was before. */
  boolean add(EventId event, Instant now) throws IOException {
    disk.createDirectories(directory);
    try {
      disk.note(note(event), now.toString());
    } catch (FileAlreadyExistsException before) {
      return false;
    }
    disk.sync(directory);
    return true;
  }

  boolean has(EventId event) throws IOException {
    return disk.exists(note(event));
  }

  /** It was not asked for after all. */
  void forget(EventId event) throws IOException {
    boolean _ = disk.delete(note(event));
  }

  /** Forgets what is too old to be asked for again. */
  void prune(Instant now) throws IOException {
    for (String name : disk.list(directory)) {
      Path note = directory.resolve(name);
      if (at(disk.readNote(note)).isBefore(now.minus(AGE))) {
        boolean _ = disk.delete(note);
      }
    }
  }

  private static Instant at(Optional<String> text) {
    try {
      return text.map(Instant::parse).orElse(Instant.MIN);
    } catch (DateTimeException damaged) {
      return Instant.MIN;
    }
  }

  private Path note(EventId event) {
    return directory.resolve(event.value());
  }
}
