package dev.slipway.spool;

import dev.slipway.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The text of a file that says why: beside an entry, or why a queue is paused. Slipway writes it,
 * or an operator, so it may be anything; at most {@value #LIMIT} bytes are read.
 */
public record Explanation(Path file) {
  private static final int LIMIT = 64 << 10;

  /**
   * What it says, without white space around it; absent where there is no such file.
   *
   * @throws dev.slipway.disk.UnreadableFile when it is no regular file, or too large
   */
  public Optional<String> read(Disk disk) throws IOException {
    try {
      return Optional.of(new String(disk.read(file, LIMIT), StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }
}
