package dev.slipway.housekeeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
  private final ManualClock clock = ManualClock.atSomeMoment();
  private final List<String> done = new ArrayList<>();
  private final List<Chore> chores = new ArrayList<>();
  private final Housekeeping housekeeping =
      new Housekeeping(() -> new ArrayDeque<>(chores), clock, clock);

  @FunctionalInterface
  private interface Doing {
    int now() throws IOException, LedgerUnavailable;
  }

  private void chore(String name, Doing doing) {
    chores.add(
        new Chore() {
          @Override
          public String what() {
            return name;
          }

          @Override
          public int clear(Instant now) throws IOException, LedgerUnavailable {
            done.add(name);
            return doing.now();
          }
        });
  }

  /** Steps, resting as it says, for so long. */
  private void during(Duration time) throws IOException {
    long end = clock.nanos() + time.toNanos();
    while (clock.nanos() < end) {
      clock.pass(housekeeping.step());
    }
  }

  @Test
  void theStartIsLeftInPeace() throws Exception {
    chore("a", () -> 0);

    assertEquals(Housekeeping.FIRST, housekeeping.step());
    clock.pass(Housekeeping.FIRST.minusNanos(1));
    assertEquals(Duration.ofNanos(1), housekeeping.step());

    assertEquals(List.of(), done);
  }

  @Test
  void everyChoreIsDoneOnceAnHour() throws Exception {
    chore("a", () -> 3);
    chore("b", () -> 0);

    during(Housekeeping.FIRST.plusMinutes(59));
    assertEquals(List.of("a", "b"), done);

    during(Duration.ofMinutes(2));
    assertEquals(List.of("a", "b", "a", "b"), done);
  }

  @Test
  void whatHasMoreToDoGoesOnAfterARest() throws Exception {
    int[] left = {2 * Chore.SOME + 1};
    chore(
        "a",
        () -> {
          int some = Math.min(left[0], Chore.SOME);
          left[0] -= some;
          clock.pass(Duration.ofSeconds(1));
          return some;
        });
    clock.pass(Housekeeping.FIRST);

    assertEquals(Duration.ofSeconds(4), housekeeping.step(), "four times as long as it took");
    assertEquals(Duration.ofSeconds(4), housekeeping.step());
    assertTrue(housekeeping.step().isPositive());
    assertEquals(0, left[0]);
    during(Duration.ofMinutes(30));
    assertEquals(List.of("a", "a", "a"), done);
  }

  @Test
  void whatFailsKeepsNothingElseAndIsTriedInTheNextRound() throws Exception {
    chore(
        "a",
        () -> {
          throw new IOException("Permission denied");
        });
    chore(
        "b",
        () -> {
          throw new LedgerUnavailable("the record store does not answer");
        });
    chore("c", () -> 0);

    during(Housekeeping.FIRST.plusMinutes(90));

    assertEquals(List.of("a", "b", "c", "a", "b", "c"), done);
  }
}
