package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.time.ManualClock;
import dev.slipway.vocabulary.EntryName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final EntryName ONE = EntryName.at(1);
  private static final EntryName TWO = EntryName.at(2);

  private final ManualClock clock = ManualClock.atSomeMoment();
  private final Backlog backlog = new Backlog(clock);

  private void fill(Duration cost, EntryName... names) {
    long since = clock.nanos();
    clock.pass(cost);
    backlog.fill(List.of(names), since);
  }

  @Test
  void anEmptyBacklogIsAlwaysDue() {
    assertTrue(backlog.isDue());
    fill(Duration.ZERO);
    assertTrue(backlog.isDue());
  }

  @Test
  void namesAreTakenInOrder() {
    fill(Duration.ZERO, ONE, TWO);

    assertEquals(Optional.of(ONE), backlog.first());
    assertEquals(Optional.of(ONE), backlog.next());
    assertEquals(Optional.of(TWO), backlog.next());
    assertEquals(Optional.empty(), backlog.next());
    assertTrue(backlog.isDue());
  }

  @Test
  void aListingHoldsForASecond() {
    fill(Duration.ZERO, ONE);

    clock.pass(Backlog.SWEEP.minusNanos(1));
    assertFalse(backlog.isDue());
    clock.pass(Duration.ofNanos(1));
    assertTrue(backlog.isDue());
  }

  @Test
  void aListingThatTookLongHoldsLonger() {
    fill(Duration.ofMillis(60), ONE);

    clock.pass(Duration.ofMillis(20 * 60 - 1));
    assertFalse(backlog.isDue(), "listing takes at most one part in twenty of the time");
    clock.pass(Duration.ofMillis(1));
    assertTrue(backlog.isDue());
  }

  @Test
  void aListingNeverHoldsSoLongThatAnOperatorWaitsForTwoSeconds() {
    fill(Duration.ofMillis(400), ONE);

    clock.pass(Backlog.LONGEST.minusNanos(1));
    assertFalse(backlog.isDue());
    clock.pass(Duration.ofNanos(1));
    assertTrue(backlog.isDue());
  }

  @Test
  void listingsThatTakeForEverLeaveTimeForWork() {
    fill(Duration.ofSeconds(3), ONE);

    clock.pass(Duration.ofSeconds(9).minusNanos(1));
    assertFalse(backlog.isDue());
    clock.pass(Duration.ofNanos(1));
    assertTrue(backlog.isDue());
  }

  @Test
  void theWallClockDoesNotMatter() {
    fill(Duration.ZERO, ONE);

    clock.step(Duration.ofDays(365));
    assertFalse(backlog.isDue());
  }

  @Test
  void ofALongListingOnlyTheFirstNamesAreKept() {
    fill(
        Duration.ZERO,
        IntStream.range(0, 2 * Backlog.LIMIT).mapToObj(EntryName::at).toArray(EntryName[]::new));

    assertEquals(Backlog.LIMIT, backlog.size());
    assertEquals(Optional.of(EntryName.at(0)), backlog.first());
  }

  @Test
  void aNewListingReplacesTheOldOne() {
    fill(Duration.ZERO, ONE, TWO);
    fill(Duration.ZERO, TWO);

    assertEquals(1, backlog.size());
    assertEquals(Optional.of(TWO), backlog.first());
    backlog.clear();
    assertEquals(0, backlog.size());
    assertTrue(backlog.isDue());
  }
}
