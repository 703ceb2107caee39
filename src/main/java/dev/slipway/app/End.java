package dev.slipway.app;

import dev.slipway.time.Bell;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the daemon: asked for by a signal, or forced by a fault of its own. A second signal
 * ends the process at once. Any thread.
 */
final class End {
  private static final Logger log = LoggerFactory.getLogger(End.class);

  /** 128 + SIGTERM, as a shell reports a process that the signal ended. */
  private static final int KILLED = 143;

  private final AtomicInteger asked = new AtomicInteger();
  private final Bell bell = new Bell();
  private volatile boolean faulty;

  /** A signal came. */
  void ask() {
    if (asked.incrementAndGet() > 1) {
      log.warn("asked again, ending at once");
      Runtime.getRuntime().halt(KILLED);
    }
    bell.ring();
  }

  /** Something broke that waiting does not mend; the supervisor is to start the daemon anew. */
  void bug(Throwable fault) {
    log.error("a fault in Slipway, ending", fault);
    faulty = true;
    bell.ring();
  }

  /** Waits until the end was asked for or forced. */
  void await() throws InterruptedException {
    while (!isNear()) {
      bell.rest(Duration.ofDays(1));
    }
  }

  /** Whether it was asked for or forced. */
  boolean isNear() {
    return asked.get() > 0 || faulty;
  }

  /** Whether what runs may take its time. */
  boolean isOrderly() {
    return !faulty;
  }

  int code() {
    return faulty ? 1 : 0;
  }
}
