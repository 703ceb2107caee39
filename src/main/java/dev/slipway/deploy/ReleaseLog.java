package dev.slipway.deploy;

import dev.slipway.event.Message;
import dev.slipway.event.MessageCodec;
import dev.slipway.process.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one release, one JSON document per line, on disk as they come. Secrets are masked
 * before anything is written; what programs print beyond {@link #LIMIT} is left out, and the log
 * says so. A disk that refuses costs messages, never the release: it could succeed without its log.
 * Any thread.
 */
final class ReleaseLog implements Output, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReleaseLog.class);

  /** The bytes of program output that one release may leave. */
  static final long LIMIT = 32L << 20;

  /** How many of the last lines are kept for the reason of a failure. */
  static final int TAIL = 20;

  /** How much of a log's end is read to find its last message, which is short. */
  private static final int LAST = 64 << 10;

  private static final byte[] LINE_END = {'\n'};

  private static final Set<OpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  // A build may print what is not for everybody.
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

  private final @Nullable FileChannel file;
  private final InstantSource clock;
  private Masker masker;
  private final Map<Stream, String> held = new EnumMap<>(Stream.class);
  private final Deque<String> tail = new ArrayDeque<>();
  private long written;
  private boolean full;
  private boolean torn;
  private boolean refused;

  private ReleaseLog(@Nullable FileChannel file, InstantSource clock, Masker masker) {
    this.file = file;
    this.clock = clock;
    this.masker = masker;
  }

  /** The log of a release that begins. */
  static ReleaseLog open(Path path, InstantSource clock, Masker masker) {
    try {
      // Numbers begin anew where somebody removed the record store: that one's log is not ours.
      Files.deleteIfExists(path);
      return new ReleaseLog(append(path), clock, masker);
    } catch (IOException refused) {
      log.warn("a release has no log file={} reason={}", path, refused.toString());
      return new ReleaseLog(null, clock, masker);
    }
  }

  private static FileChannel append(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory, DIRECTORY);
    }
    return FileChannel.open(path, APPEND, FILE);
  }

  @Override
  public synchronized void line(Stream stream, String text) {
    String before = held.remove(stream);
    take(stream, masker.mask(before == null ? text : before + text));
  }

  @Override
  public synchronized void piece(Stream stream, String text) {
    Masker.Cut cut = masker.maskBeginning(held.getOrDefault(stream, "") + text);
    held.put(stream, cut.held());
    take(stream, cut.shown());
  }

  private void take(Stream stream, String masked) {
    if (tail.size() == TAIL) {
      tail.removeFirst();
    }
    tail.addLast(masked);
    if (full) {
      return;
    }
    written += append(new Message.Line(clock.instant(), masked, stream.word()));
    if (written > LIMIT) {
      full = true;
      fault("more output than " + (LIMIT >> 20) + " MiB: the rest is left out");
    }
  }

  /** Also masks the secrets among these variables of steps. */
  synchronized void hide(Map<String, String> variables) {
    masker = masker.and(variables);
  }

  /** Says how it goes. */
  synchronized void notice(String text) {
    append(new Message.Notice(clock.instant(), masker.mask(text)));
  }

  /** Says what went wrong. */
  synchronized void fault(String text) {
    append(new Message.Fault(clock.instant(), masker.mask(text)));
  }

  /** Says, as the last word, which state the release ended in; all of it is on storage then. */
  synchronized void completed(String state) {
    append(new Message.Completed(clock.instant(), state));
    if (file != null) {
      try {
        file.force(false);
      } catch (IOException lost) {
        warn(lost);
      }
    }
  }

  /** The last lines that programs printed, masked. */
  synchronized List<String> tail() {
    return List.copyOf(tail);
  }

  /** A text for another place, without the secrets that this log hides. */
  synchronized String masked(String text) {
    return masker.mask(text);
  }

  private int append(Message message) {
    byte[] line = line(message);
    if (file != null) {
      try {
        if (torn) {
          // What was cut off ends here, so that it spoils no other message.
          write(file, LINE_END);
        }
        torn = true;
        write(file, line);
        torn = false;
      } catch (IOException refusal) {
        warn(refusal);
      }
    }
    return line.length;
  }

  private static byte[] line(Message message) {
    return (MessageCodec.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void write(FileChannel file, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
  }

  private void warn(IOException reason) {
    if (!refused) {
      log.warn("a release's log cannot be written reason={}", reason.toString());
    }
    refused = true;
  }

  /** Gives the log of a release that was cut off its last message, unless it has one. */
  static void complete(Path path, String state, InstantSource clock) {
    try {
      String last = lastLine(path);
      boolean ended = last.isEmpty() || last.endsWith("\n");
      boolean completed = isCompleted(last);
      if (ended && completed) {
        return;
      }
      try (FileChannel file = append(path)) {
        if (!ended) {
          write(file, LINE_END);
        }
        if (!completed) {
          write(file, line(new Message.Completed(clock.instant(), state)));
        }
        file.force(false);
      }
    } catch (IOException refused) {
      log.warn("a release's log has no end file={} reason={}", path, refused.toString());
    }
  }

  private static boolean isCompleted(String line) {
    try {
      return MessageCodec.read(line.strip()) instanceof Message.Completed;
    } catch (IllegalArgumentException | DateTimeException none) {
      return false;
    }
  }

  private static String lastLine(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long from = Math.max(0, file.size() - LAST);
      ByteBuffer end = ByteBuffer.allocate((int) (file.size() - from));
      while (end.hasRemaining() && file.read(end, from + end.position()) >= 0) {
        // Reads until the end of the file.
      }
      String text = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
      int cut = text.lastIndexOf('\n', Math.max(0, text.length() - 2));
      return text.substring(cut + 1);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException lost) {
        warn(lost);
      }
    }
  }
}
