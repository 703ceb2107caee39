package dev.slipway.lock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one process holds at a time, by fcntl(2) record locks, which the kernel takes back
 * when the process ends, however it ends. The text of the file is the process id of its holder, or
 * of the last one. It is never deleted: a lock on a deleted file excludes nobody.
 *
 * <pre>
 *   byte 0   taken, exclusively, by whoever wants to be the holder
 *   byte 1   then taken, exclusively, by the holder; whoever only wants to know asks for it, shared
 * </pre>
 *
 * <p>So a look at the file never stands in the way of a process that is about to take it. Record
 * locks belong to a process as a whole, and closing <i>any</i> descriptor of the file gives them
 * up: therefore this class keeps account of what this process holds and opens no such file a second
 * time, and nothing else may open one.
 */
final class LockFile implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  // Of each file there ever was: guards whether it is held, and every moment in which this process
  // has it open without holding it. One that the disk keeps waiting holds up no other.
  private static final Map<Path, Object> MONITORS = new ConcurrentHashMap<>();
  private static final int LONGEST_TEXT = 32;

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the file, which is created where it is missing; absent while somebody else holds it. */
  static Optional<LockFile> tryTake(Path path) throws IOException {
    Path file = canonical(path);
    synchronized (monitor(file)) {
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock(0, 1, false) == null) {
          return Optional.empty();
        }
        writeOwner(channel);
        // Waits for none but those who look, and they are gone in no time.
        var _ = channel.lock(1, 1, false);
        HELD.add(file);
        return Optional.of(new LockFile(file, channel));
      } finally {
        if (!HELD.contains(file)) {
          channel.close();
        }
      }
    }
  }

  /** The process id of the holder; absent while nobody holds the file, or it is not there. */
  static OptionalLong holder(Path path) throws IOException {
    try {
      Path file = canonical(path);
      synchronized (monitor(file)) {
        if (HELD.contains(file)) {
          return OptionalLong.of(ProcessHandle.current().pid());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          return channel.tryLock(1, 1, true) == null ? owner(channel) : OptionalLong.empty();
        }
      }
    } catch (NoSuchFileException nobodyEver) {
      return OptionalLong.empty();
    }
  }

  private static Object monitor(Path file) {
    return MONITORS.computeIfAbsent(file, _ -> new Object());
  }

  private static void writeOwner(FileChannel channel) throws IOException {
    String owner = ProcessHandle.current().pid() + "\n";
    ByteBuffer text = ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII));
    int length = text.remaining();
    while (text.hasRemaining()) {
      channel.write(text, text.position());
    }
    channel.truncate(length);
  }

  private static OptionalLong owner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
    channel.read(text, 0);
    String owner = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    // Whoever holds a file of this name without having written its id is not this program.
    return owner.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(owner))
        : OptionalLong.empty();
  }

  private static Path canonical(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    return absolute.resolveSibling("").toRealPath().resolve(absolute.getFileName());
  }

  @Override
  public void close() {
    synchronized (monitor(file)) {
      try {
        channel.close();
      } catch (IOException _) {
        // The descriptor is gone all the same, and the lock with it.
      }
      HELD.remove(file);
    }
  }
}
