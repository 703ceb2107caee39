package dev.slipway.time;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BellTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Bell bell = new Bell();

  @Test
  void aRingBeforeTheRestIsNotLost() throws InterruptedException {
    bell.ring();

    assertTrue(bell.rest(LONG));
  }

  @Test
  void severalRingsAreOne() throws InterruptedException {
    bell.ring();
    bell.ring();
    bell.ring();

    assertTrue(bell.rest(LONG));
    assertFalse(bell.rest(Duration.ZERO));
  }

  @Test
  void withoutARingTheRestEndsByItself() throws InterruptedException {
    assertFalse(bell.rest(Duration.ofMillis(1)));
    assertFalse(bell.rest(Duration.ofSeconds(-1)));
  }

  @Test
  void aRingEndsTheRestOfAnother() throws InterruptedException {
    Thread ringer = Thread.ofVirtual().start(bell::ring);

    assertTrue(bell.rest(LONG));
    ringer.join();
  }

  @Test
  void anEndlessRestIsOne() throws InterruptedException {
    bell.ring();

    assertTrue(bell.rest(Duration.ofSeconds(Long.MAX_VALUE)));
  }

  @Test
  void interruptionEndsTheRest() throws InterruptedException {
    Thread resting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bell.rest(LONG);
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    resting.interrupt();
    resting.join();

    assertFalse(resting.isAlive());
  }
}
