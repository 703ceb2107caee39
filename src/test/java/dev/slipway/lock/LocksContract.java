package dev.slipway.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What all {@link Locks} promise. */
abstract class LocksContract {
  static final LockName WEBSITE = LockName.ofDeployment(new Slug("website"));
  static final LockName BUILD = LockName.named("build");

  /** The locks under test, of which nobody holds any. */
  abstract Locks locks();

  /** Another view of the same locks, as another client has it. */
  abstract Locks ofAnother();

  Lease taken(LockName name) throws IOException {
    return locks().tryAcquire(name).orElseThrow();
  }

  @Test
  void aFreeLockIsTakenAndHeldUntilItIsClosed() throws Exception {
    Lease lease = taken(WEBSITE);
    assertTrue(lease.isHeld());

    lease.close();
    assertFalse(lease.isHeld());
  }

  @Test
  void aHeldLockIsRefusedToAnyoneElse() throws Exception {
    try (Lease _ = taken(WEBSITE)) {
      assertEquals(Optional.empty(), locks().tryAcquire(WEBSITE));
      assertEquals(Optional.empty(), ofAnother().tryAcquire(WEBSITE));
    }
  }

  @Test
  void aRefusalTakesNothingAway() throws Exception {
    try (Lease lease = taken(WEBSITE)) {
      assertEquals(Optional.empty(), locks().tryAcquire(WEBSITE));
      assertEquals(Optional.empty(), ofAnother().tryAcquire(WEBSITE));

      assertTrue(lease.isHeld());
      assertEquals(Optional.empty(), ofAnother().tryAcquire(WEBSITE));
    }
  }

  @Test
  void aLockThatWasGivenBackIsFreeForAnyone() throws Exception {
    taken(WEBSITE).close();

    try (Lease lease = ofAnother().tryAcquire(WEBSITE).orElseThrow()) {
      assertTrue(lease.isHeld());
    }
    taken(WEBSITE).close();
  }

  @Test
  void locksOfOtherNamesAreFree() throws Exception {
    try (Lease first = taken(WEBSITE);
        Lease second = taken(BUILD)) {
      assertTrue(first.isHeld() && second.isHeld());
    }
  }

  @Test
  void closingTwiceGivesNobodyElsesLockAway() throws Exception {
    Lease first = taken(WEBSITE);
    first.close();
    try (Lease second = taken(WEBSITE)) {
      first.close();

      assertTrue(second.isHeld());
      assertEquals(Optional.empty(), ofAnother().tryAcquire(WEBSITE));
    }
  }

  @Test
  void aLeaseThatWasClosedWasNotLost() throws Exception {
    List<String> told = new ArrayList<>();
    Lease lease = taken(WEBSITE);
    lease.onLost(() -> told.add("lost"));

    lease.close();
    lease.onLost(() -> told.add("lost"));

    assertEquals(List.of(), told);
  }

  @Test
  void aLaterHolderHasNoSmallerFencingToken() throws Exception {
    long before;
    try (Lease first = taken(WEBSITE)) {
      before = first.fencingToken();
    }
    try (Lease second = ofAnother().tryAcquire(WEBSITE).orElseThrow()) {
      assertTrue(second.fencingToken() >= before);
    }
  }

  @Test
  void oneOfManyWhoWantTheSameLockGetsIt() throws Exception {
    int racers = 8;
    CyclicBarrier start = new CyclicBarrier(racers);
    List<Callable<Optional<Lease>>> calls = new ArrayList<>();
    for (int i = 0; i < racers; i++) {
      Locks from = i % 2 == 0 ? locks() : ofAnother();
      calls.add(() -> {
        start.await();
        return from.tryAcquire(WEBSITE);
      });
    }
    List<Lease> winners = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(calls)) {
        result.get().ifPresent(winners::add);
      }
    }

    // With locks above locks, two may bar each other's way; two may never both be let through.
    assertTrue(winners.size() <= 1, "winners: " + winners.size());
    winners.forEach(Lease::close);
    taken(WEBSITE).close();
  }
}
