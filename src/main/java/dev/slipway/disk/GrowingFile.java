package dev.slipway.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file that another thread or process appends to while it is read. Nothing stays open between two
 * reads, so it may also be removed meanwhile.
 */
public record GrowingFile(Path file) {
  /** Whether it is there, as a regular file. */
  public boolean exists() {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * What stands behind {@code offset} now, at most {@code most} bytes of it; nothing where the file
   * has not grown so far or is not there (yet).
   */
  public byte[] read(long offset, int most) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long there = Math.max(0, channel.size() - offset);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(there, most));
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
        // A read may give less than is there.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    } catch (NoSuchFileException none) {
      return new byte[0];
    }
  }
}
