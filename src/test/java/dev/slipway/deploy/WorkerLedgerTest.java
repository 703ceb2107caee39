package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.deploy.FaultyLedger.Call;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.lock.LockName;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.vocabulary.EntryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A record store that is away: before a run, between its parts, and when its end is to be told. */
class WorkerLedgerTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;
  private FaultyLedger ledger;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
    ledger = new FaultyLedger(yard.memory);
    yard.ledger = ledger;
    yard.restart();
  }

  private static FaultyLedger.Watcher failing(Call failed, int times) {
    int[] left = {times};
    return call -> {
      if (call == failed && left[0] > 0) {
        left[0]--;
        throw new LedgerUnavailable("no answer");
      }
    };
  }

  /** Works as the daemon's loop does, which tries again what the surroundings spoiled. */
  private static int workThrough(Worker worker) throws Exception {
    for (int troubles = 0; troubles < 20; troubles++) {
      try {
        Yard.work(worker);
        return troubles;
      } catch (LedgerUnavailable away) {
        // The loop rests and goes on.
      }
    }
    throw new AssertionError("the worker never comes through");
  }

  private void assertDeployedOnce() throws Exception {
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(1), yard.ran);
    assertEquals(List.of(), yard.waiting());
    assertEquals(List.of(), yard.active());
    assertEquals(List.of(), yard.memory.running(Yard.HOST));
  }

  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      names = {"PROCESSED", "LIVE", "OPEN"})
  void whileItIsAwayNothingRunsAndTheEntryWaits(Call call) throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    ledger.before = failing(call, 1);
    assertThrows(LedgerUnavailable.class, worker::step);
    assertEquals(List.of(name), yard.waiting());
    assertEquals(List.of(), yard.active());
    assertEquals(List.of(), yard.ran);
    assertFalse(yard.locks.isTaken(LockName.ofDeployment(Yard.WEBSITE)));
    Yard.work(worker);
    assertDeployedOnce();
  }

  @Test
  void aLongOutageLeavesTheEntryInPeace() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    ledger.before = failing(Call.PROCESSED, 10);
    assertEquals(10, workThrough(worker));
    assertDeployedOnce();
    assertEquals(1, yard.releases().size());
  }

  @Test
  void aReleaseWhoseNumberNeverArrivedIsEndedBeforeTheNextIsOpened() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    ledger.after = failing(Call.OPEN, 1);
    assertThrows(LedgerUnavailable.class, worker::step);
    assertEquals(1, yard.memory.running(Yard.HOST).size());
    Yard.work(worker);
    assertDeployedOnce();
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
    assertTrue(yard.log(yard.releases().getFirst()).getLast().contains("completed"));
  }

  @Test
  void theEndOfARunIsRecordedOnceTheStoreReturnsAndIsNotRunAgain() throws Exception {
    yard.deliver("e-1", 1);
    ledger.before = failing(Call.END, 2);
    Yard.work(yard.worker());
    assertDeployedOnce();
    assertEquals(List.of(ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void anEndWhoseAnswerIsLostCountsOnce() throws Exception {
    yard.deliver("e-1", 1);
    ledger.after = failing(Call.END, 1);
    Yard.work(yard.worker());
    assertDeployedOnce();
    assertEquals(List.of(ReleaseState.SUCCEEDED), yard.states());
    List<String> log = yard.log(yard.releases().getFirst());
    assertEquals(1, log.stream().filter(line -> line.contains("\"completed\"")).count());
  }

  @Test
  void aFailureIsParkedOnceTheStoreReturns() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep = launch -> Script.exits(1);
    ledger.before = failing(Call.END, 1);
    Yard.work(yard.worker());
    assertEquals(List.of(1), yard.ran);
    assertEquals(List.of(name), yard.failed());
    assertEquals(List.of(ReleaseState.FAILED), yard.states());
  }

  @Test
  void aDrainedWorkerStillWaitsToRecordWhatItDid() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          worker.drain();
          return Script.exits(0);
        };
    ledger.before = failing(Call.END, 1);
    Yard.work(worker);
    assertDeployedOnce();
  }

  @Test
  void aStoppedOneDoesNotAndTheEntryRunsAgainAfterTheRestart() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    ledger.before =
        call -> {
          if (call == Call.END) {
            worker.stop();
            throw new LedgerUnavailable("no answer");
          }
        };
    assertThrows(LedgerUnavailable.class, worker::step);
    assertEquals(List.of(name), yard.waiting());
    ledger.before = call -> {};
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(List.of(1, 1), yard.ran);
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void aRemovalByHandIsRecordedOnceTheStoreReturns() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Files.delete(yard.spool.state().queue(Yard.WEBSITE).resolve(name.value()));
    Worker worker = yard.worker();
    ledger.before = failing(Call.RECORD, 1);
    assertThrows(LedgerUnavailable.class, () -> Yard.work(worker));
    Yard.work(worker);
    assertEquals("cancelled", yard.outcome("e-1"));
  }

  @Test
  void whatIsSupersededIsRecordedOnceTheStoreReturns() throws Exception {
    yard.deliver("e-2", 2);
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    ledger.before = failing(Call.RECORD, 1);
    assertEquals(1, workThrough(worker));
    assertEquals("superseded", yard.outcome("e-1"));
  }

  @Test
  void theRecoveryWaitsForTheStoreToo() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    ledger.before = failing(Call.READ, 1);
    assertThrows(LedgerUnavailable.class, worker::step);
    assertEquals(List.of(), yard.ran);
    Yard.work(worker);
    assertDeployedOnce();
  }
}
