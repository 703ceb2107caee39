package dev.slipway.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A file that nobody but its owner may read (mode 0600), such as one that holds a token. */
public record PrivateFile(Path file) {
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(MODE);

  public PrivateFile {
    if (file.getParent() == null) {
      throw new IllegalArgumentException("a file in no directory: " + file);
    }
  }

  /**
   * Its content, if it is there; where others might have read it, they no longer may.
   *
   * @throws UnreadableFile when it is no regular file or over {@code limit} bytes
   */
  public Optional<byte[]> read(int limit) throws IOException {
    try {
      byte[] content = new RealDisk().read(file, limit);
      if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(MODE)) {
        Files.setPosixFilePermissions(file, MODE);
      }
      return Optional.of(content);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /**
   * Creates it, whole or not at all, and on stable storage when this returns.
   *
   * @return false when it is there already; then it stays as it is
   */
  public boolean create(byte[] content) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      write(temporary, content);
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException exists) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
      new RealDisk().sync(file.resolveSibling(""));
    }
  }

  private static void write(Path temporary, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }
}
