package dev.slipway.process;

import static dev.slipway.process.Posix.broken;
import static dev.slipway.process.Posix.link;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a program by posix_spawn(3): in a session of its own, with every signal as usual, standard
 * input from {@code /dev/null}, and no other descriptor of the daemon. Three times as quick as
 * {@link ProcessBuilder} with {@code setsid(1)}, which starts three programs one after the other.
 */
final class Spawn {
  /** What came of it: a process id, or else the number of an error. */
  record Started(int pid, int error) {}

  private static final short SET_SIGNAL_DEFAULTS = 0x04;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_SESSION = 0x80;

  // Larger than the opaque types of every C library.
  private static final long OPAQUE = 1024;
  private static final long SIGNAL_SET = 128;
  private static final int FIRST_OTHER = 3;

  private static final MethodHandle SPAWN =
      link("posix_spawn", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS_INIT =
      link("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
  private static final MethodHandle ACTIONS_DESTROY =
      link("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
  private static final MethodHandle OPEN =
      link(
          "posix_spawn_file_actions_addopen",
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_INT);
  private static final MethodHandle DUP2 =
      link("posix_spawn_file_actions_adddup2", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE =
      link("posix_spawn_file_actions_addclose", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CHDIR =
      link("posix_spawn_file_actions_addchdir_np", JAVA_INT, ADDRESS, ADDRESS);
  private static final Optional<MethodHandle> CLOSE_FROM =
      Posix.linkIfPresent("posix_spawn_file_actions_addclosefrom_np", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle ATTRIBUTES_INIT =
      link("posix_spawnattr_init", JAVA_INT, ADDRESS);
  private static final MethodHandle ATTRIBUTES_DESTROY =
      link("posix_spawnattr_destroy", JAVA_INT, ADDRESS);
  private static final MethodHandle SIGNAL_DEFAULTS =
      link("posix_spawnattr_setsigdefault", JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle FLAGS =
      link("posix_spawnattr_setflags", JAVA_INT, ADDRESS, JAVA_SHORT);

  private Spawn() {}

  /**
   * Executes {@code file} with {@code words} as its arguments, the first of them its own name.
   *
   * @param stdout the descriptor that becomes its standard output
   * @param stderr the descriptor that becomes its standard error
   */
  static Started start(String file, List<String> words, Launch launch, int stdout, int stderr) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(OPAQUE, Long.BYTES);
      MemorySegment attributes = arena.allocate(OPAQUE, Long.BYTES);
      check((int) ACTIONS_INIT.invokeExact(actions));
      check((int) ATTRIBUTES_INIT.invokeExact(attributes));
      try {
        redirect(actions, arena, stdout, stderr);
        MemorySegment directory = arena.allocateFrom(launch.directory().toString());
        check((int) CHDIR.invokeExact(actions, directory));
        detach(attributes, arena);
        MemorySegment pid = arena.allocate(JAVA_INT);
        int error =
            (int)
                SPAWN.invokeExact(
                    pid,
                    arena.allocateFrom(file),
                    actions,
                    attributes,
                    vector(words, arena),
                    vector(assignments(launch.environment()), arena));
        return new Started(pid.get(JAVA_INT, 0), error);
      } finally {
        int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
        ignored = (int) ATTRIBUTES_DESTROY.invokeExact(attributes);
      }
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  private static void redirect(MemorySegment actions, Arena arena, int stdout, int stderr)
      throws Throwable {
    check((int) OPEN.invokeExact(actions, 0, arena.allocateFrom("/dev/null"), 0, 0));
    check((int) DUP2.invokeExact(actions, stdout, 1));
    check((int) DUP2.invokeExact(actions, stderr, 2));
    if (CLOSE_FROM.isPresent()) {
      check((int) CLOSE_FROM.get().invokeExact(actions, FIRST_OTHER));
      return;
    }
    // An older library: what another thread opens in between may slip through.
    String[] open = new File("/proc/self/fd").list();
    for (String descriptor : open == null ? new String[0] : open) {
      int number = Integer.parseInt(descriptor);
      if (number >= FIRST_OTHER) {
        check((int) CLOSE.invokeExact(actions, number));
      }
    }
  }

  /** A new session; no signal blocked, as some are in the threads of a JVM, and none ignored. */
  private static void detach(MemorySegment attributes, Arena arena) throws Throwable {
    MemorySegment every = arena.allocate(SIGNAL_SET, Long.BYTES);
    every.fill((byte) 0xff);
    check((int) SIGNAL_DEFAULTS.invokeExact(attributes, every));
    short flags = (short) (SET_SESSION | SET_SIGNAL_MASK | SET_SIGNAL_DEFAULTS);
    check((int) FLAGS.invokeExact(attributes, flags));
  }

  private static List<String> assignments(Map<String, String> environment) {
    List<String> assignments = new ArrayList<>(environment.size());
    environment.forEach((name, value) -> assignments.add(name + "=" + value));
    return assignments;
  }

  private static MemorySegment vector(List<String> texts, Arena arena) {
    MemorySegment vector = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      vector.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return vector;
  }

  private static void check(int error) {
    if (error != 0) {
      throw new IllegalStateException("a program cannot be prepared, error " + error);
    }
  }
}
