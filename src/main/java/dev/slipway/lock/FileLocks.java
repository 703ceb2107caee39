package dev.slipway.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The locks of this host: one {@link LockFile} per name in a directory, which exists and lies on a
 * local file system. They hold against every thread and process that uses the same directory, and
 * are never lost before the process ends.
 */
public final class FileLocks implements Locks {
  private final Path directory;

  public FileLocks(Path directory) {
    this.directory = directory;
  }

  @Override
  public Optional<Lease> tryAcquire(LockName name) throws IOException {
    return LockFile.tryTake(directory.resolve(name.value())).map(FileLease::new);
  }
}
