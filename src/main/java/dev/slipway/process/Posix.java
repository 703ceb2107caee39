package dev.slipway.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The few calls of the C library that the JDK has no equal for: a process group to signal, a wait
 * for output and a process's end at once. Linux 5.3 or newer. Linking them takes some 50 ms, once,
 * when the first program is started.
 *
 * <p>Results are those of the C functions: -1 says that a call failed. Nothing here keeps state.
 */
@SuppressWarnings("restricted")
final class Posix {
  static final int TERM = 15;
  static final int KILL = 9;

  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int SYS_PIDFD_OPEN = 434;
  private static final int SIGNAL_BITS = 0x7f;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = LINKER.defaultLookup();

  private static final MethodHandle PIPE2 = link("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = link("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle READ = link("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle POLL = link("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle KILL_CALL = link("kill", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle WAITPID =
      link("waitpid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle EVENTFD = link("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD_WRITE =
      link("eventfd_write", JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private Posix() {}

  /** A handle of a C function that is there for certain. */
  static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LIBRARY.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /** A handle of a C function that older libraries lack. */
  static Optional<MethodHandle> linkIfPresent(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return LIBRARY
        .find(name)
        .map(at -> LINKER.downcallHandle(at, FunctionDescriptor.of(result, arguments)));
  }

  /** What a call through a handle of the wrong shape comes to: a bug. */
  static AssertionError broken(Throwable thrown) {
    return new AssertionError("a call of the C library is declared wrongly", thrown);
  }

  /** Opens a pipe into {@code ends}, reading end first; a started program inherits neither. */
  static int pipe(MemorySegment ends) {
    try {
      return (int) PIPE2.invokeExact(ends, CLOSE_ON_EXEC);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  /** Reads what is there; 0 at the end of the stream. */
  static long read(int descriptor, MemorySegment buffer) {
    try {
      return (long) READ.invokeExact(descriptor, buffer, buffer.byteSize());
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  /** Waits until one of {@code count} pollfd records is ready, or the time is over. */
  static int poll(MemorySegment records, int count, int millis) {
    try {
      return (int) POLL.invokeExact(records, (long) count, millis);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  /** Signals a process, or with a negative number its process group. */
  static void kill(int pid, int signal) {
    try {
      int ignored = (int) KILL_CALL.invokeExact(pid, signal);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  /** A descriptor that becomes readable when the process ends. */
  static int openProcess(int pid) {
    try {
      return (int) (long) SYSCALL.invokeExact((long) SYS_PIDFD_OPEN, (long) pid, 0L);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  /** A descriptor that becomes readable when it is rung. */
  static int openBell() {
    try {
      return (int) EVENTFD.invokeExact(0, CLOSE_ON_EXEC);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  static void ring(int bell) {
    try {
      int ignored = (int) EVENTFD_WRITE.invokeExact(bell, 1L);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
  }

  /**
   * Takes the end of a child that has ended: its exit code, or 128 + n when signal n ended it.
   *
   * @throws IllegalStateException when the system has forgotten it, as it does where the daemon was
   *     started with SIGCHLD ignored
   */
  static int reap(int pid, MemorySegment status) {
    int reaped;
    try {
      reaped = (int) WAITPID.invokeExact(pid, status, 0);
    } catch (Throwable thrown) {
      throw broken(thrown);
    }
    if (reaped != pid) {
      throw new IllegalStateException("the exit code of process " + pid + " is lost");
    }
    int word = status.get(JAVA_INT, 0);
    int signal = word & SIGNAL_BITS;
    return signal == 0 ? (word >> 8) & 0xff : 128 + signal;
  }

  /** The size of a pollfd record: an int, two shorts. */
  static final long POLL_RECORD = JAVA_INT.byteSize() + 2 * JAVA_SHORT.byteSize();
}
