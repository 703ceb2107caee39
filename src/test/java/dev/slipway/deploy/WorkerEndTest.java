package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.Backlog;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are ended early: by an operator, by the daemon's end, by an interrupt. */
class WorkerEndTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
  }

  private void cancel(EntryName name) {
    try {
      yard.control().requestCancel(name, "wrong branch");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void look(Worker worker) {
    try {
      worker.look();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void assertCancelled(EntryName name) throws Exception {
    assertEquals("cancelled", yard.outcome("e-1"));
    assertEquals("cancelled: wrong branch", yard.record("e-1").orElseThrow().reason());
    assertEquals(List.of(), yard.waiting());
    assertEquals(List.of(), yard.active());
    assertEquals(List.of(), yard.failed());
    assertEquals(Optional.empty(), yard.queue().claimed(name).cancelRequest());
    Release last = yard.releases().getLast();
    assertEquals(ReleaseState.CANCELLED, last.state());
    assertEquals("cancelled: wrong branch", last.reason().orElseThrow());
    assertTrue(yard.log(last).getLast().contains("\"completed\",\"data\":\"cancelled\""));
  }

  @Test
  void aRunWhoseEndIsAskedForIsCancelledAndNotRunAgain() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          cancel(name);
          look(worker);
          return Script.lasts();
        };
    Yard.work(worker);
    Yard.work(worker);
    assertEquals(List.of(1), yard.ran);
    assertCancelled(name);
  }

  @Test
  void aRequestThatCameTooLateForARunThatSucceededChangesNothing() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep =
        launch -> {
          cancel(name);
          return Script.exits(0);
        };
    Worker worker = yard.worker();
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(Optional.empty(), yard.queue().claimed(name).cancelRequest());
  }

  @Test
  void aRunThatFailedWhileItsEndWasAskedForIsCancelledAndNotTriedAgain() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep =
        launch -> {
          cancel(name);
          return Script.exits(1);
        };
    Yard.work(yard.worker(Yard.conditions(3)));
    assertEquals(List.of(1), yard.ran);
    assertCancelled(name);
  }

  @Test
  void aRequestThatCameDuringTheDaemonsEndIsNotForgotten() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          worker.stop();
          cancel(name);
          return Script.lasts();
        };
    Yard.work(worker);
    assertCancelled(name);
  }

  @Test
  void aCancelledRunWhoseEndCouldNotBeRecordedIsCancelledAfterTheRestart() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          cancel(name);
          look(worker);
          yard.memory.unavailable(true);
          worker.stop();
          return Script.lasts();
        };
    assertThrows(LedgerUnavailable.class, worker::step);
    yard.memory.unavailable(false);
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(List.of(1), yard.ran);
    assertCancelled(name);
  }

  @Test
  void whatNobodyRunsIsNotLookedFor() throws Exception {
    Worker worker = yard.worker();
    worker.look();
    Yard.work(worker);
    worker.look();
    assertEquals(List.of(), yard.releases());
  }

  @Test
  void theDaemonsEndInterruptsTheRunAndTheEntryWaitsAgain() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          worker.stop();
          return Script.lasts();
        };
    Yard.work(worker);
    assertEquals(List.of(name), yard.waiting());
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
    assertTrue(yard.log(yard.releases().getFirst()).getLast().contains("interrupted"));
    assertEquals(
        Optional.empty(), yard.queue().unfinishedRun(), "an orderly end is no unclean one");
    assertEquals(Backlog.SWEEP, worker.step(), "nothing new is started");
    assertEquals(List.of(1), yard.ran);
    yard.onStep = launch -> Script.exits(0);
    yard.restart();
    Yard.work(yard.worker());
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void aDrainedWorkerFinishesWhatRunsAndStartsNothing() throws Exception {
    yard.deliver("e-1", 1);
    EntryName second = yard.deliver("e-2", 2);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          worker.drain();
          return Script.exits(0);
        };
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(second), yard.waiting());
    assertEquals(List.of(1), yard.ran);
  }

  @Test
  void aWorkerThatIsDrainedBetweenTheClaimAndTheRunGivesTheEntryBack() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    FaultyLedger ledger = new FaultyLedger(yard.memory);
    yard.ledger = ledger;
    yard.restart();
    Worker worker = yard.worker();
    ledger.before =
        call -> {
          if (call == FaultyLedger.Call.LIVE) {
            worker.stop();
          }
        };
    Yard.work(worker);
    assertEquals(List.of(), yard.releases());
    assertEquals(List.of(name), yard.waiting());
    assertEquals(List.of(), yard.active());
  }

  @Test
  void anInterruptLeavesARunThatTheNextStartEnds() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          Thread.currentThread().interrupt();
          return Script.lasts();
        };
    assertThrows(InterruptedException.class, worker::step);
    assertEquals(List.of(name), yard.waiting());
    yard.onStep = launch -> Script.exits(0);
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
    assertTrue(yard.log(yard.releases().getFirst()).getLast().contains("completed"));
    assertEquals("deployed", yard.outcome("e-1"));
  }
}
