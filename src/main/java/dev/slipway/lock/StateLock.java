package dev.slipway.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * That one process at most works on a state directory: a {@link LockFile} in a directory that
 * exists. Any other process may ask who it is without standing in the way of one that is about to
 * start.
 */
public final class StateLock {
  private final Path file;

  public StateLock(Path file) {
    this.file = file;
  }

  /** Takes it for this process; absent while another has it: {@link #holder} says which. */
  public Optional<Lease> tryTake() throws IOException {
    return LockFile.tryTake(file).map(FileLease::new);
  }

  /** The process id of who works on the state directory now; absent when nobody does. */
  public OptionalLong holder() throws IOException {
    return LockFile.holder(file);
  }
}
