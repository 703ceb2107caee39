package dev.slipway.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The system's processes as {@code /proc} shows them at this moment (proc(5)). Processes come and
 * go while it is read: those that are gone when their turn comes are left out, and so are those
 * that have ended and only wait for their parent to notice. Where the daemon has too few file
 * descriptors to look, that is an {@link IOException}: nobody must be taken for gone then.
 */
final class ProcessTable {
  /**
   * One living process.
   *
   * @param started when, in the system's ticks; with the id it names the process for ever
   */
  record Entry(int pid, int parent, int group, int session, long started) {}

  private static final File ROOT = new File("/proc");
  private static final File OWN = new File(ROOT, "self/stat");
  private static final Pattern SPACES = Pattern.compile(" ");

  // Linux lets arguments and environment together be a quarter of the stack limit, 6 MiB at most.
  private static final int ENVIRONMENT_LIMIT = 6 << 20;
  private static final int STAT_LIMIT = 4096;

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int STARTED = 19;

  private ProcessTable() {}

  /** Every living process. */
  static List<Entry> all() throws IOException {
    return each(ProcessTable::entry);
  }

  /** The living processes that hold this assignment in their environment and may be read. */
  static List<Entry> holding(String name, String value) throws IOException {
    byte[] assignment = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    return each(pid -> {
      byte[] environment = read(pid, "environ", ENVIRONMENT_LIMIT);
      return contains(environment, assignment) ? entry(pid) : Optional.empty();
    });
  }

  private interface Reader {
    Optional<Entry> read(int pid) throws IOException;
  }

  private static List<Entry> each(Reader reader) throws IOException {
    List<Entry> entries = new ArrayList<>();
    String[] names = ROOT.list();
    if (names == null) {
      throw new IOException("the system's processes cannot be listed");
    }
    for (String name : names) {
      if (Character.isDigit(name.charAt(0))) {
        reader.read(Integer.parseInt(name)).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private static Optional<Entry> entry(int pid) throws IOException {
    return parse(pid, new String(read(pid, "stat", STAT_LIMIT), StandardCharsets.UTF_8));
  }

  /** Reads {@code /proc/PID/stat}; the name in it may hold spaces and parentheses. */
  static Optional<Entry> parse(int pid, String stat) {
    int name = stat.lastIndexOf(')');
    if (name < 0) {
      return Optional.empty();
    }
    String[] fields = SPACES.split(stat.substring(name + 1).strip(), -1);
    if (fields.length <= STARTED || fields[STATE].equals("Z") || fields[STATE].equals("X")) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            pid,
            Integer.parseInt(fields[PARENT]),
            Integer.parseInt(fields[GROUP]),
            Integer.parseInt(fields[SESSION]),
            Long.parseLong(fields[STARTED])));
  }

  private static byte[] read(int pid, String file, int limit) throws IOException {
    try (FileInputStream in = new FileInputStream(new File(ROOT, pid + "/" + file))) {
      return in.readNBytes(limit);
    } catch (IOException goneOrForbidden) {
      requireDescriptors();
      return new byte[0];
    }
  }

  /** What every process may read of itself, unless it has no descriptor left. */
  private static void requireDescriptors() throws IOException {
    try (FileInputStream own = new FileInputStream(OWN)) {
      int _ = own.read();
    }
  }

  /** Whether the block of NUL-terminated texts holds this one. */
  static boolean contains(byte[] block, byte[] text) {
    int start = 0;
    for (int i = 0; i <= block.length; i++) {
      if (i == block.length || block[i] == 0) {
        if (Arrays.equals(block, start, i, text, 0, text.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }
}
