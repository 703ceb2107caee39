package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.Target;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.lock.Lease;
import dev.slipway.lock.LockName;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may act now: locks that are taken, lost or do not answer, and slots. */
class WorkerLockTest {
  private static final LockName OWN = LockName.ofDeployment(Yard.WEBSITE);
  private static final LockName BUILD = LockName.named("build");

  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
  }

  private Worker releasing() throws Exception {
    return new Worker(
        yard.workshop, yard.deployment(Yard.WEBSITE, Yard.conditions(1), Target.Style.RELEASES));
  }

  private Path current() {
    return yard.path(Yard.WEBSITE).resolve("current");
  }

  @Test
  void allLocksAreHeldWhileItRunsAndNoneAfterwards() throws Exception {
    yard.deliver("e-1", 1);
    yard.onStep =
        launch -> {
          assertTrue(yard.locks.isTaken(OWN));
          assertTrue(yard.locks.isTaken(BUILD));
          return Script.exits(0);
        };
    Yard.work(yard.worker(Yard.conditions(1, "build")));
    assertEquals("deployed", yard.outcome("e-1"));
    assertFalse(yard.locks.isTaken(OWN) || yard.locks.isTaken(BUILD));
  }

  @Test
  void locksAreGivenBackAfterAFailureToo() throws Exception {
    yard.deliver("e-1", 1);
    yard.onStep = launch -> Script.exits(1);
    Yard.work(yard.worker(Yard.conditions(1, "build")));
    assertFalse(yard.locks.isTaken(OWN) || yard.locks.isTaken(BUILD));
    assertEquals(2, yard.slots.availablePermits());
  }

  @Test
  void whileAnotherHostHasTheLockTheEntryWaits() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    try (Lease elsewhere = yard.locks.tryAcquire(OWN).orElseThrow()) {
      assertTrue(Yard.work(worker).isPositive());
      assertTrue(elsewhere.isHeld());
      assertEquals(1, yard.waiting().size());
    }
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void whileANamedLockIsTakenTheEntryWaitsAndHoldsNothing() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker(Yard.conditions(1, "build"));
    try (Lease elsewhere = yard.locks.tryAcquire(BUILD).orElseThrow()) {
      assertTrue(Yard.work(worker).isPositive());
      assertTrue(elsewhere.isHeld());
      assertFalse(yard.locks.isTaken(OWN));
      assertEquals(2, yard.slots.availablePermits());
      assertEquals(1, yard.waiting().size());
    }
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void locksThatDoNotAnswerAreTheSurroundingsTrouble() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.locks.unavailable(true);
    assertThrows(IOException.class, worker::step);
    assertEquals(1, yard.waiting().size());
    yard.locks.unavailable(false);
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void aLockThatIsLostStopsTheRunBeforeItActivatesAndTheEntryRunsAgain() throws Exception {
    yard.deliver("e-1", 1);
    yard.onStep =
        launch -> {
          if (yard.ran.size() == 1) {
            yard.locks.lose(OWN);
            assertFalse(Files.exists(current(), LinkOption.NOFOLLOW_LINKS));
          }
          return Script.exits(0);
        };
    Worker worker = releasing();
    worker.step();
    assertFalse(Files.exists(current(), LinkOption.NOFOLLOW_LINKS));
    assertEquals(1, yard.waiting().size());
    Release first = yard.releases().getFirst();
    assertEquals(ReleaseState.INTERRUPTED, first.state());
    assertEquals("the lock deployment.website was lost while it ran", first.reason().orElseThrow());
    assertTrue(yard.log(first).getLast().contains("\"interrupted\""));
    Yard.work(worker);
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
    assertEquals(Path.of("releases", "2"), Files.readSymbolicLink(current()));
  }

  @Test
  void aLockThatIsLostDuringTheCheckoutRunsNoStep() throws Exception {
    yard.deliver("e-1", 1);
    yard.onGit =
        launch -> {
          if (yard.releasesRunning() == 1 && yard.ran.isEmpty()) {
            yard.locks.lose(OWN);
          }
        };
    Worker worker = releasing();
    worker.step();
    assertEquals(List.of(), yard.ran);
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
    assertEquals(1, yard.waiting().size());
  }

  @Test
  void aNamedLockThatIsLostStopsTheRunToo() throws Exception {
    yard.deliver("e-1", 1);
    yard.onStep =
        launch -> {
          yard.locks.lose(BUILD);
          return Script.lasts();
        };
    yard.worker(Yard.conditions(1, "build")).step();
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
    assertEquals(
        "the lock named.build was lost while it ran",
        yard.releases().getFirst().reason().orElseThrow());
  }

  @Test
  void anInterruptionCostsNoAttempt() throws Exception {
    yard.deliver("e-1", 1);
    yard.onStep =
        launch -> {
          if (yard.ran.size() < 5) {
            yard.locks.lose(OWN);
          }
          return Script.exits(yard.ran.size() == 5 ? 1 : 0);
        };
    Worker worker = yard.worker(Yard.conditions(2));
    Yard.work(worker);
    assertEquals(ReleaseState.FAILED, yard.states().getLast());
    yard.clock.pass(Duration.ofSeconds(13));
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void moreThanMaxRunningDoNotRunAtOnce() throws Exception {
    Slug other = new Slug("other");
    Worker website = yard.worker();
    Worker second =
        new Worker(
            yard.workshop, yard.deployment(other, Yard.conditions(1), Target.Style.IN_PLACE));
    yard.slots.acquire(1);
    yard.deliver("e-1", 1);
    yard.forward(other, "e-2", Yard.push("e-2", 2));
    boolean[] tried = new boolean[1];
    yard.onStep =
        launch -> {
          if (!tried[0]) {
            tried[0] = true;
            assertEquals(0, yard.slots.availablePermits());
            step(second);
            assertEquals(List.of(1), yard.ran);
          }
          return Script.exits(0);
        };
    Yard.work(website);
    Yard.work(second);
    assertEquals(List.of(1, 2), yard.ran);
    assertEquals(1, yard.slots.availablePermits());
  }

  private static void step(Worker worker) {
    try {
      assertEquals(Duration.ZERO, worker.step());
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
