package dev.slipway.process;

import dev.slipway.time.Bell;
import dev.slipway.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Programs of this host. Each run is watched by a thread of its own, which lives as long as the run
 * does; the caller may be a virtual thread. Needs Linux 5.3 or newer and {@code /proc}.
 *
 * <p>An exit code above 128 is 128 + n for a program that signal n ended (143 for TERM, 137 for
 * KILL), as a shell reports it. A script without a {@code #!} line runs under {@code /bin/sh}.
 */
public final class RealProcesses implements Processes {
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Duration grace;

  public RealProcesses() {
    this(GRACE);
  }

  /**
   * @param grace between TERM and KILL, in place of {@link Processes#GRACE}
   */
  public RealProcesses(Duration grace) {
    this.grace = grace;
  }

  @Override
  public Exit run(Launch launch, Output output, Cancellation cancellation)
      throws InterruptedException {
    if (cancellation.isCancelled()) {
      return new Exit.Cancelled();
    }
    Run run = new Run(launch, output, grace);
    FutureTask<Exit> task = new FutureTask<>(run);
    try (Cancellation.Registration _ = cancellation.onCancel(run::stop)) {
      Thread.ofPlatform().daemon().name("run " + launch.words().getFirst()).start(task);
      return await(task, run);
    }
  }

  private static Exit await(FutureTask<Exit> task, Run run) throws InterruptedException {
    try {
      return outcome(task);
    } catch (InterruptedException interruption) {
      run.stop();
      while (!task.isDone()) {
        try {
          Exit _ = outcome(task);
        } catch (InterruptedException again) {
          interruption.addSuppressed(again);
        }
      }
      throw interruption;
    }
  }

  private static Exit outcome(FutureTask<Exit> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }

  @Override
  public int endAll(RunToken token) throws IOException, InterruptedException {
    Set<ProcessTable.Entry> found = new HashSet<>();
    if (signalUntilGone(token, Posix.TERM, found) && signalUntilGone(token, Posix.KILL, found)) {
      List<Integer> left = carriers(token).stream().map(ProcessTable.Entry::pid).sorted().toList();
      if (!left.isEmpty()) {
        throw new IOException("process " + left.getFirst() + " of an earlier run does not end");
      }
    }
    return found.size();
  }

  /** Signals each carrier once, and those that come later; says whether some are left. */
  private boolean signalUntilGone(RunToken token, int signal, Set<ProcessTable.Entry> found)
      throws IOException, InterruptedException {
    Deadline patience = Deadline.after(grace);
    Set<ProcessTable.Entry> signalled = new HashSet<>();
    while (true) {
      List<ProcessTable.Entry> carriers = carriers(token);
      if (carriers.isEmpty()) {
        return false;
      }
      found.addAll(carriers);
      carriers.stream()
          .filter(signalled::add)
          .forEach(carrier -> Posix.kill(carrier.pid(), signal));
      if (patience.isPast()) {
        return true;
      }
      new Bell().rest(LOOK);
    }
  }

  private static List<ProcessTable.Entry> carriers(RunToken token) throws IOException {
    long self = ProcessHandle.current().pid();
    return ProcessTable.holding(RunToken.VARIABLE, token.value()).stream()
        .filter(entry -> entry.pid() != self)
        .toList();
  }
}
