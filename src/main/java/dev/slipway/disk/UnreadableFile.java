package dev.slipway.disk;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Something that will not become readable by trying again: no regular file, or too large. */
public final class UnreadableFile extends FileSystemException {
  private static final long serialVersionUID = 1L;

  public UnreadableFile(Path file, String reason) {
    super(file.toString(), null, reason);
  }
}
