package dev.slipway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.time.Bell;
import dev.slipway.time.Loop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LoopThreadTest {
  private final Bell bell = new Bell();
  private final List<Throwable> fatal = new ArrayList<>();
  private final AtomicInteger steps = new AtomicInteger();

  private LoopThread thread(Loop loop) {
    return new LoopThread("test", loop, bell, fatal::add);
  }

  /** A loop that ends itself after so many steps. */
  private LoopThread ending(int after, Loop loop) {
    LoopThread[] self = new LoopThread[1];
    self[0] =
        thread(() -> {
          if (steps.incrementAndGet() == after) {
            self[0].end();
          }
          return loop.step();
        });
    return self[0];
  }

  @Test
  void aStepThatHasMoreToDoIsRepeatedAtOnce() {
    ending(1_000, () -> Duration.ZERO).run();
    assertEquals(1_000, steps.get());
    assertEquals(List.of(), fatal);
  }

  @Test
  void theBellCutsARestShort() {
    bell.ring();
    ending(2, () -> Duration.ofDays(1)).run();
    assertEquals(2, steps.get());
  }

  @Test
  void theEndCutsARestShortAndNoFurtherStepBegins() throws Exception {
    CountDownLatch resting = new CountDownLatch(1);
    LoopThread loop =
        thread(() -> {
          steps.incrementAndGet();
          resting.countDown();
          return Duration.ofDays(1);
        });
    Thread thread = Thread.ofVirtual().start(loop);
    resting.await();
    loop.end();
    assertTrue(thread.join(Duration.ofSeconds(5)));
    assertEquals(1, steps.get());
  }

  @Test
  void oneThatWasEndedBeforeItBeganDoesNothing() {
    LoopThread loop = ending(9, () -> Duration.ZERO);
    loop.end();
    loop.run();
    assertEquals(0, steps.get());
  }

  @Test
  void whatTheSurroundingsDoIsTriedAgain() {
    ending(
            3,
            () ->
                switch (steps.get()) {
                  case 1 -> throw new IOException("no space");
                  case 2 -> throw new LedgerUnavailable("no answer");
                  default -> Duration.ZERO;
                })
        .run();
    assertEquals(3, steps.get());
    assertEquals(List.of(), fatal);
  }

  @Test
  void aBugEndsTheLoopAndIsTold() {
    IllegalStateException bug = new IllegalStateException("a bug");
    ending(
            9,
            () -> {
              throw bug;
            })
        .run();
    assertEquals(1, steps.get());
    assertSame(bug, fatal.getFirst());
  }

  @Test
  void anErrorOfTheMachineIsToldToo() {
    ending(
            9,
            () -> {
              throw new OutOfMemoryError("as if");
            })
        .run();
    assertEquals(OutOfMemoryError.class, fatal.getFirst().getClass());
  }

  @Test
  void anInterruptIsTheEndAndNoFault() throws Exception {
    LoopThread loop =
        thread(() -> {
          steps.incrementAndGet();
          return Duration.ofDays(1);
        });
    Thread thread = Thread.ofVirtual().unstarted(loop);
    thread.start();
    thread.interrupt();
    assertTrue(thread.join(Duration.ofSeconds(5)));
    assertEquals(List.of(), fatal);
    assertFalse(steps.get() > 1);
  }
}
