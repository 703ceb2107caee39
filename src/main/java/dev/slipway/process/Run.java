package dev.slipway.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.slipway.time.Bell;
import dev.slipway.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One program from its start to its end:
 *
 * <pre>
 *  started ──ends by itself──▶ lingering ──its output is complete──▶ Exit.Code
 *     │
 *     └─ time limit, stop, output that throws ─▶ TERM ─▶ grace ─▶ KILL ─▶ nothing of it lives
 * </pre>
 *
 * Called by a thread of its own, a platform thread: poll(2) would hold the carrier of a virtual
 * one.
 */
final class Run implements Callable<Exit> {
  // What a grandchild that holds the output open may delay the end by.
  private static final Duration SILENCE = Duration.ofMillis(200);
  private static final Duration LINGERING = Duration.ofSeconds(1);

  // Larger than what the program itself can have left in both pipes (/proc/sys/fs/pipe-max-size).
  private static final long LEFT_BEHIND = 2 << 20;

  // How long a program may wait for descriptors and memory before it counts as not started.
  private static final Duration SCARCITY = Duration.ofSeconds(30);
  private static final Duration SCARCITY_LOOK = Duration.ofMillis(100);

  private static final Duration FIRST_LOOK = Duration.ofMillis(5);
  private static final Duration LONGEST_LOOK = Duration.ofMillis(160);

  private static final String SHELL = "/bin/sh";
  private static final int NO_PROGRAM_FORMAT = 8;

  private final Launch launch;
  private final Output output;
  private final Duration grace;
  private final WakeUp wakeUp = new WakeUp();
  private final Bell hurry = new Bell();
  private boolean muted;

  /** Whether the last try failed for something that there may be more of in a moment. */
  private boolean scarce;

  Run(Launch launch, Output output, Duration grace) {
    this.launch = launch;
    this.output = output;
    this.grace = grace;
  }

  /** Asks for the program's end. Any thread, any time. */
  void stop() {
    wakeUp.ring();
    hurry.ring();
  }

  @Override
  public Exit call() throws InterruptedException {
    try (wakeUp) {
      return switch (Program.of(launch)) {
        case Program.Missing(String reason) -> new Exit.NotStarted(reason);
        case Program.Found(String file) -> start(file);
      };
    }
  }

  /** Starts it; where the daemon or the system is short of something now, tries for a while. */
  private Exit start(String file) throws InterruptedException {
    Deadline patience =
        Deadline.after(SCARCITY.compareTo(launch.timeout()) < 0 ? SCARCITY : launch.timeout());
    while (true) {
      scarce = false;
      Exit exit = tryToStart(file);
      if (!scarce || patience.isPast()) {
        return exit;
      }
      if (hurry.rest(SCARCITY_LOOK)) {
        return new Exit.Cancelled();
      }
    }
  }

  private Exit tryToStart(String file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_INT, 2);
      MemorySegment err = arena.allocate(JAVA_INT, 2);
      if (!wakeUp.open() || Posix.pipe(out) != 0) {
        return scarce();
      }
      if (Posix.pipe(err) != 0) {
        close(out);
        return scarce();
      }
      // A place for the descriptor that the program is watched by: once it runs it is too late.
      int reserve = Posix.openBell();
      if (reserve < 0) {
        close(out);
        close(err);
        return scarce();
      }
      Spawn.Started started = spawn(file, writer(out), writer(err));
      Posix.close(writer(out));
      Posix.close(writer(err));
      Posix.close(reserve);
      int end = started.error() == 0 ? Posix.openProcess(started.pid()) : -1;
      if (end < 0) {
        Posix.close(reader(out));
        Posix.close(reader(err));
        return started.error() == 0 ? unwatchable(started.pid()) : refused(started.error());
      }
      Wires wires = new Wires(this::line, wakeUp, end, reader(out), reader(err));
      try (wires) {
        return watch(started.pid(), wires);
      }
    }
  }

  private Exit scarce() {
    scarce = true;
    return new Exit.NotStarted(Program.TOO_MANY_FILES);
  }

  private Spawn.Started spawn(String file, int stdout, int stderr) {
    Spawn.Started started = Spawn.start(file, launch.words(), launch, stdout, stderr);
    if (started.error() != NO_PROGRAM_FORMAT) {
      return started;
    }
    // A script without a first line that names its interpreter: as execvp(3) does it.
    List<String> words = new ArrayList<>(launch.words());
    words.set(0, file);
    words.addFirst(SHELL);
    return Spawn.start(SHELL, words, launch, stdout, stderr);
  }

  private Exit refused(int error) {
    scarce = Program.isScarcity(error);
    return new Exit.NotStarted(Program.meaning(launch.words().getFirst(), error));
  }

  private static Exit unwatchable(int pid) {
    Posix.kill(-pid, Posix.KILL);
    reap(pid);
    return new Exit.NotStarted(
        "the system does not let it be watched: too many open files, or older than Linux 5.3");
  }

  private Exit watch(int pid, Wires wires) {
    boolean settled = false;
    try {
      Deadline limit = Deadline.after(launch.timeout());
      while (!wires.hasEnded() && !wakeUp.isRung() && !limit.isPast()) {
        wires.await(limit.remaining());
      }
      Exit exit;
      if (wires.hasEnded()) {
        linger(wires);
        exit = new Exit.Code(reap(pid));
      } else {
        exit = wakeUp.isRung() ? new Exit.Cancelled() : new Exit.TimedOut(launch.timeout());
        end(pid, wires);
      }
      settled = true;
      return exit;
    } finally {
      if (!settled) {
        muted = true;
        end(pid, wires);
      }
    }
  }

  /** Takes what the program left in its pipes; a grandchild may go on writing into them. */
  private static void linger(Wires wires) {
    Deadline limit = Deadline.after(LINGERING);
    long enough = wires.handedOn() + LEFT_BEHIND;
    while (wires.isOpen() && wires.handedOn() < enough) {
      boolean came = wires.await(Duration.ZERO);
      if (!came && (limit.isPast() || !wires.await(SILENCE))) {
        return;
      }
    }
  }

  private void end(int pid, Wires wires) {
    Session session =
        new Session(pid, Optional.ofNullable(launch.environment().get(RunToken.VARIABLE)));
    boolean _ = lives(() -> session.signal(Posix.TERM));
    Deadline patience = Deadline.after(grace);
    while (!wires.hasEnded() && !patience.isPast()) {
      wires.await(patience.remaining());
    }
    Duration look = FIRST_LOOK;
    while (!patience.isPast() && lives(() -> !session.isEmpty())) {
      look = rest(wires, look);
    }
    Deadline last = Deadline.after(grace.plus(Processes.GRACE));
    look = FIRST_LOOK;
    while (lives(() -> session.signal(Posix.KILL)) || !wires.hasEnded()) {
      if (last.isPast()) {
        throw new UncheckedIOException(
            new IOException("process " + pid + " or what it started cannot be ended"));
      }
      look = rest(wires, look);
    }
    linger(wires);
    reap(pid);
  }

  private interface Look {
    boolean atWhatLives() throws IOException;
  }

  /** What cannot be seen is taken to live. */
  private static boolean lives(Look look) {
    try {
      return look.atWhatLives();
    } catch (IOException blind) {
      return true;
    }
  }

  /** Hands output on for a while; answers the next, longer while. */
  private static Duration rest(Wires wires, Duration look) {
    Deadline until = Deadline.after(look);
    do {
      wires.await(until.remaining());
    } while (!until.isPast());
    Duration doubled = look.multipliedBy(2);
    return doubled.compareTo(LONGEST_LOOK) < 0 ? doubled : LONGEST_LOOK;
  }

  private void line(Output.Stream stream, String text) {
    if (!muted) {
      output.line(stream, text);
    }
  }

  private static int reap(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      return Posix.reap(pid, arena.allocate(JAVA_INT));
    }
  }

  private static void close(MemorySegment pipe) {
    Posix.close(reader(pipe));
    Posix.close(writer(pipe));
  }

  private static int reader(MemorySegment pipe) {
    return pipe.getAtIndex(JAVA_INT, 0);
  }

  private static int writer(MemorySegment pipe) {
    return pipe.getAtIndex(JAVA_INT, 1);
  }
}
