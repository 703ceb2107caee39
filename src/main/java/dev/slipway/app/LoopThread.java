package dev.slipway.app;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.time.Bell;
import dev.slipway.time.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a loop's step. What the surroundings do (disk, record store, network) is answered with
 * growing rests, and said once for each reason and once when it is over; anything else is a bug,
 * and ends the daemon so that its supervisor starts it anew.
 */
final class LoopThread implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(LoopThread.class);

  private static final Duration FIRST_REST = Duration.ofMillis(100);
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private final String name;
  private final Loop loop;
  private final Bell bell;
  private final Consumer<Throwable> fatal;
  private volatile boolean ended;

  LoopThread(String name, Loop loop, Bell bell, Consumer<Throwable> fatal) {
    this.name = name;
    this.loop = loop;
    this.bell = bell;
    this.fatal = fatal;
  }

  /** Lets the step that is running be the last. */
  void end() {
    ended = true;
    bell.ring();
  }

  @Override
  public void run() {
    try {
      repeat();
    } catch (InterruptedException end) {
      // The daemon ends.
    } catch (Throwable bug) {
      fatal.accept(bug);
    }
  }

  private void repeat() throws Exception {
    Duration trouble = Duration.ZERO;
    String said = "";
    while (!ended) {
      Duration rest;
      try {
        rest = loop.step();
        if (trouble.isPositive()) {
          log.info("goes on loop={}", name);
          trouble = Duration.ZERO;
          said = "";
        }
      } catch (IOException | LedgerUnavailable passing) {
        String reason = describe(passing);
        if (!reason.equals(said)) {
          log.warn("waits loop={} reason={}", name, reason);
          said = reason;
        }
        trouble = longer(trouble);
        rest = trouble;
      }
      if (rest.isPositive()) {
        bell.rest(rest);
      }
    }
  }

  /**
   * The record store's messages are sentences; those of the JDK need their kind to be understood.
   */
  private static String describe(Exception passing) {
    return passing instanceof LedgerUnavailable
        ? String.valueOf(passing.getMessage())
        : passing.toString();
  }

  private static Duration longer(Duration rest) {
    Duration doubled = rest.isZero() ? FIRST_REST : rest.multipliedBy(2);
    return doubled.compareTo(LONGEST_REST) < 0 ? doubled : LONGEST_REST;
  }
}
