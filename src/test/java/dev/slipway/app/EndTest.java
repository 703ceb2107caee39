package dev.slipway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EndTest {
  private final End end = new End();

  @Test
  void aSignalIsAnOrderlyEnd() throws Exception {
    end.ask();
    end.await();
    assertTrue(end.isOrderly());
    assertEquals(0, end.code());
  }

  @Test
  void aFaultIsAnEndThatTheSupervisorSees() throws Exception {
    end.bug(new IllegalStateException("a bug"));
    end.await();
    assertFalse(end.isOrderly());
    assertEquals(1, end.code());
  }

  @Test
  void whoeverWaitsIsWoken() throws Exception {
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                end.await();
              } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
              }
            });
    assertFalse(waiting.join(Duration.ofMillis(20)), "nobody asked yet");
    end.ask();
    assertTrue(waiting.join(Duration.ofSeconds(5)));
  }
}
