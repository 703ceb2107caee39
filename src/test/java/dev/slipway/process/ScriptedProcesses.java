package dev.slipway.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Processes that start nothing: a function answers each launch with a {@link Script}. Launches are
 * recorded. A script that blocks lasts until {@link #release}, its launch's time limit,
 * cancellation or interruption, whichever comes first. Any thread.
 */
public final class ScriptedProcesses implements Processes {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Function<Launch, Script> scripts;
  private final List<Launch> launches = new CopyOnWriteArrayList<>();
  private final List<RunToken> endedTokens = new CopyOnWriteArrayList<>();
  private final Semaphore started = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);

  /** What a launch does. */
  public record Script(List<Line> lines, Exit exit, boolean blocks) {
    /** One line of output. */
    public record Line(Output.Stream stream, String text) {}

    public Script {
      lines = List.copyOf(lines);
    }

    /** Ends at once with an exit code, silently. */
    public static Script exits(int code) {
      return new Script(List.of(), new Exit.Code(code), false);
    }

    /** Cannot be started. */
    public static Script missing(String reason) {
      return new Script(List.of(), new Exit.NotStarted(reason), false);
    }

    /** Ends with exit code 0, when it is released. */
    public static Script lasts() {
      return new Script(List.of(), new Exit.Code(0), true);
    }

    /** The same, after one more line on standard output. */
    public Script printing(String text) {
      return printing(Output.Stream.STDOUT, text);
    }

    /** The same, after one more line. */
    public Script printing(Output.Stream stream, String text) {
      List<Line> more = new ArrayList<>(lines);
      more.add(new Line(stream, text));
      return new Script(more, exit, blocks);
    }
  }

  public ScriptedProcesses(Function<Launch, Script> scripts) {
    this.scripts = scripts;
  }

  /** Every launch ends at once with exit code 0, silently. */
  public ScriptedProcesses() {
    this(launch -> Script.exits(0));
  }

  /** All launches so far, in order. */
  public List<Launch> launches() {
    return List.copyOf(launches);
  }

  /** The tokens that {@link #endAll} was called with, in order. */
  public List<RunToken> endedTokens() {
    return List.copyOf(endedTokens);
  }

  /** Waits until one more launch than the last time has begun. */
  public void awaitLaunch() throws InterruptedException {
    if (!started.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("nothing was launched within " + PATIENCE);
    }
  }

  /** Lets one script that blocks, now or later, end. */
  public void release() {
    released.release();
  }

  @Override
  public Exit run(Launch launch, Output output, Cancellation cancellation)
      throws InterruptedException {
    if (cancellation.isCancelled()) {
      return new Exit.Cancelled();
    }
    Script script = scripts.apply(launch);
    launches.add(launch);
    started.release();
    script.lines().forEach(line -> output.line(line.stream(), line.text()));
    return script.blocks() ? block(launch, script.exit(), cancellation) : script.exit();
  }

  private Exit block(Launch launch, Exit exit, Cancellation cancellation)
      throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    Thread waiting = Thread.currentThread();
    try (Cancellation.Registration _ =
        cancellation.onCancel(() -> {
          cancelled.countDown();
          waiting.interrupt();
        })) {
      boolean ended = released.tryAcquire(launch.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return ended ? exit : new Exit.TimedOut(launch.timeout());
    } catch (InterruptedException interrupted) {
      if (cancelled.getCount() == 0) {
        return new Exit.Cancelled();
      }
      throw interrupted;
    }
  }

  @Override
  public int endAll(RunToken token) {
    endedTokens.add(token);
    return 0;
  }
}
