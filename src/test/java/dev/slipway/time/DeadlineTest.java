package dev.slipway.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void aLimitOfNothingIsPast() {
    assertTrue(Deadline.after(Duration.ZERO).isPast());
    assertTrue(Deadline.after(Duration.ofSeconds(-1)).isPast());
    assertEquals(Duration.ZERO, Deadline.after(Duration.ofSeconds(-1)).remaining());
  }

  @Test
  void aFarLimitIsNotPast() {
    Deadline never = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE));
    assertFalse(never.isPast());
    assertTrue(never.remaining().toDays() > 36_000);
  }
}
