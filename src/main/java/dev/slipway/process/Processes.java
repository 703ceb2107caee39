package dev.slipway.process;

import java.io.IOException;
import java.time.Duration;

/** Runs programs: {@link RealProcesses} in the daemon, a script in tests. */
public interface Processes {
  /** How long a program that was asked to end (TERM) may take before it is ended (KILL). */
  Duration GRACE = Duration.ofSeconds(5);

  /**
   * Runs a program to its end, in a session of its own, and returns when it has ended and its
   * output was handed on. Cancelling or interrupting ends its whole process group first.
   *
   * @throws InterruptedException when the calling thread was interrupted; the program is ended
   */
  Exit run(Launch launch, Output output, Cancellation cancellation) throws InterruptedException;

  /**
   * Ends every process of this user that carries the token, and returns when none is left.
   *
   * @return how many processes were found
   * @throws IOException when one of them cannot be ended
   */
  int endAll(RunToken token) throws IOException, InterruptedException;
}
