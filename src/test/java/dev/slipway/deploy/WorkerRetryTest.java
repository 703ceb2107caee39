package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.Target;
import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.plan.Facts;
import dev.slipway.plan.Plan;
import dev.slipway.plan.Recipe;
import dev.slipway.process.Exit;
import dev.slipway.process.Output;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.Backlog;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures: how often and when they are tried again, and what is left of them. */
class WorkerRetryTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
  }

  private void failFirst(int times) {
    yard.onStep = launch -> Script.exits(yard.ran.size() <= times ? 1 : 0);
  }

  @Test
  void aFailureIsParkedWithWhatItPrintedAndIsNotOnRecord() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep =
        launch ->
            Script.exits(2)
                .printing("password hunter-two")
                .printing(Output.Stream.STDERR, "make: *** [site] Error 1");
    Yard.work(yard.worker());
    assertEquals(List.of(name), yard.failed());
    String reason = yard.reason(name);
    assertTrue(reason.contains("Release 1 of website failed: step 1 of 1 (run deploy it)"), reason);
    assertTrue(reason.contains("ended with exit code 2"), reason);
    assertTrue(reason.contains("    password ***\n    make: *** [site] Error 1\n"), reason);
    assertTrue(reason.contains("slipway logs website 1"), reason);
    assertTrue(reason.contains("slipway queue retry website " + name), reason);
    assertEquals("none", yard.outcome("e-1"));
    assertEquals(List.of(ReleaseState.FAILED), yard.states());
    List<String> log = yard.log(yard.releases().getFirst());
    assertFalse(String.join("\n", log).contains("hunter"), log::toString);
    assertTrue(log.getLast().contains("\"completed\",\"data\":\"failed\""), log::toString);
  }

  @Test
  void theParkedEntryStaysWholeByteForByte() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep = launch -> Script.exits(1);
    Yard.work(yard.worker());
    Path parked = yard.spool.state().failed(Yard.WEBSITE).resolve(name.value());
    assertArrayEquals(Yard.push("e-1", 1), Files.readAllBytes(parked));
  }

  @Test
  void aSecretInACommandIsNeitherInTheReasonNorInTheRecord() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep = launch -> Script.missing("hunter-two: not found");
    Yard.work(yard.worker());
    assertFalse(yard.reason(name).contains("hunter"), yard.reason(name));
    assertTrue(yard.releases().getFirst().reason().orElseThrow().contains("***: not found"));
  }

  @Test
  void aFailureIsTriedAgainWhenItsTimeHasCome() throws Exception {
    failFirst(1);
    yard.deliver("e-1", 1);
    Worker worker = yard.worker(Yard.conditions(2));
    assertEquals(Backlog.SWEEP, Yard.work(worker));
    assertEquals(List.of(1), yard.ran);
    assertEquals(1, yard.waiting().size());
    yard.clock.pass(Duration.ofSeconds(9).plusMillis(999));
    Duration rest = Yard.work(worker);
    assertEquals(List.of(1), yard.ran, "never before the configured rest has passed");
    assertTrue(rest.isPositive() && rest.compareTo(Backlog.SWEEP) <= 0, rest::toString);
    yard.clock.pass(Duration.ofMillis(2_502));
    Yard.work(worker);
    assertEquals(List.of(1, 1), yard.ran);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(ReleaseState.FAILED, ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void afterTheLastTryItIsParkedAndTheNoteOfItsTriesIsGone() throws Exception {
    yard.onStep = launch -> Script.exits(1);
    EntryName name = yard.deliver("e-1", 1);
    Worker worker = yard.worker(Yard.conditions(3));
    for (int i = 0; i < 60; i++) {
      Yard.work(worker);
      yard.clock.pass(Duration.ofSeconds(1));
    }
    assertEquals(List.of(1, 1, 1), yard.ran);
    assertEquals(List.of(name), yard.failed());
    assertTrue(yard.reason(name).contains("Release 3 of website"), yard.reason(name));
    assertTrue(yard.queue().retryOf(name).isEmpty());
  }

  @Test
  void theRestDoublesFromTryToTry() throws Exception {
    yard.onStep = launch -> Script.exits(1);
    yard.deliver("e-1", 1);
    Worker worker = yard.worker(Yard.conditions(4));
    long begin = yard.clock.instant().getEpochSecond();
    long[] starts = new long[4];
    for (int second = 0; second < 120; second++) {
      int before = yard.ran.size();
      Yard.work(worker);
      if (yard.ran.size() > before) {
        starts[before] = yard.clock.instant().getEpochSecond() - begin;
      }
      yard.clock.pass(Duration.ofSeconds(1));
    }
    assertTrue(starts[1] - starts[0] >= 10 && starts[1] - starts[0] <= 14, "first " + starts[1]);
    assertTrue(starts[2] - starts[1] >= 20 && starts[2] - starts[1] <= 26, "second " + starts[2]);
    assertTrue(starts[3] - starts[2] >= 40 && starts[3] - starts[2] <= 51, "third " + starts[3]);
  }

  @Test
  void whatWaitsBehindARetryIsNotDeployedBeforeIt() throws Exception {
    failFirst(1);
    yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    Worker worker = yard.worker(Yard.conditions(2));
    Yard.work(worker);
    yard.deliver("e-3", 3);
    for (int i = 0; i < 20; i++) {
      Yard.work(worker);
      yard.clock.pass(Duration.ofSeconds(1));
    }
    assertEquals(List.of(1, 1, 2, 3), yard.ran);
  }

  @Test
  void anEntryThatIsToBeTriedAgainCanBeTakenAway() throws Exception {
    failFirst(1);
    EntryName first = yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    Worker worker = yard.worker(Yard.conditions(2));
    Yard.work(worker);
    assertTrue(yard.control().remove(first));
    yard.clock.pass(Backlog.SWEEP);
    Yard.work(worker);
    assertEquals(List.of(1, 2), yard.ran);
    assertEquals("cancelled", yard.outcome("e-1"));
    assertTrue(yard.queue().retryOf(first).isEmpty());
  }

  @Test
  void aClockThatIsSetBackHoldsNothingUpForLong() throws Exception {
    failFirst(1);
    yard.deliver("e-1", 1);
    Worker worker = yard.worker(Yard.conditions(2));
    Yard.work(worker);
    yard.clock.step(Duration.ofDays(-365));
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void aClockThatIsSetAheadOnlyMakesTheNextTryComeSooner() throws Exception {
    failFirst(1);
    yard.deliver("e-1", 1);
    Worker worker = yard.worker(Yard.conditions(2));
    Yard.work(worker);
    yard.clock.step(Duration.ofDays(365));
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void triesAreCountedAlsoAcrossARestart() throws Exception {
    yard.onStep = launch -> Script.exits(1);
    EntryName name = yard.deliver("e-1", 1);
    Yard.work(yard.worker(Yard.conditions(2)));
    yard.restart();
    Worker worker = yard.worker(Yard.conditions(2));
    Yard.work(worker);
    assertEquals(1, yard.ran.size());
    yard.clock.pass(Duration.ofSeconds(13));
    Yard.work(worker);
    assertEquals(2, yard.ran.size());
    assertEquals(List.of(name), yard.failed());
  }

  @Test
  void whatOnlyAPersonCanMendIsParkedAtOnce() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep = launch -> Script.missing("make not found");
    Yard.work(yard.worker(Yard.conditions(5)));
    assertEquals(List.of(name), yard.failed());
  }

  @Test
  void aStepThatRunsTooLongFails() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep = launch -> new Script(List.of(), new Exit.TimedOut(Duration.ofMinutes(2)), false);
    Yard.work(yard.worker());
    assertTrue(yard.reason(name).contains("after its time limit of 120 s"), yard.reason(name));
  }

  @Test
  void theDeploymentsOwnTimeLimitIsNamedWhenItIsOver() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Conditions brief =
        new Conditions(
            new Conditions.Tries(1, Duration.ofSeconds(1)),
            Conditions.Succession.NONE,
            Duration.ofMillis(50),
            List.of(),
            Map.of());
    yard.onStep = launch -> Script.lasts();
    Yard.work(yard.worker(brief));
    assertTrue(
        yard.reason(name).contains("the deployment's time limit of 0 s was over at step 1 of 1")
            || yard.reason(name).contains("the deployment's time limit is over"),
        yard.reason(name));
  }

  @Test
  void aRecipeThatThrowsIsAFaultOfThatEntryAlone() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Recipe broken =
        new Recipe() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Plan plan(Facts facts) {
            throw new IllegalStateException("no such setting");
          }
        };
    Deployment deployment =
        yard.deployment(Yard.WEBSITE, Yard.conditions(5), Target.Style.IN_PLACE, broken);
    Yard.work(new Worker(yard.workshop, deployment));
    assertEquals(List.of(name), yard.failed());
    assertTrue(yard.reason(name).contains("a fault in the recipe broken"), yard.reason(name));
    assertTrue(yard.reason(name).contains("    at dev.slipway"), yard.reason(name));
    assertEquals(List.of(ReleaseState.FAILED), yard.states());
  }

  @Test
  void aFaultOfSlipwaysOwnEndsTheReleaseAndParksTheEntry() throws Exception {
    EntryName first = yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    yard.onStep =
        launch -> {
          if (yard.ran.size() == 1) {
            throw new IllegalStateException("a bug");
          }
          return Script.exits(0);
        };
    Yard.work(yard.worker(Yard.conditions(5)));
    assertEquals(List.of(first), yard.failed());
    assertTrue(yard.reason(first).contains("a fault in Slipway itself"), yard.reason(first));
    assertEquals(List.of(ReleaseState.FAILED, ReleaseState.SUCCEEDED), yard.states());
    assertEquals(1, yard.processes.endedTokens().size(), "what it left running is ended");
    assertTrue(yard.log(yard.releases().getFirst()).getLast().contains("completed"));
  }

  @Test
  void aFaultBeforeTheReleaseParksTheEntryToo() throws Exception {
    EntryName first = yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    FaultyLedger ledger = new FaultyLedger(yard.memory);
    boolean[] met = new boolean[1];
    ledger.before =
        call -> {
          if (call == FaultyLedger.Call.LIVE && !met[0]) {
            met[0] = true;
            throw new IllegalStateException("a bug");
          }
        };
    yard.ledger = ledger;
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(List.of(first), yard.failed());
    assertTrue(yard.reason(first).contains("could not be worked off"), yard.reason(first));
    assertTrue(yard.reason(first).contains("    at dev.slipway"), yard.reason(first));
    assertEquals("deployed", yard.outcome("e-2"));
  }

  @Test
  void aFailedRunIsNotRunAgainBecauseTheDiskRefusesItsReason() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    CrashingDisk disk = new CrashingDisk(root.resolve("graves"));
    int[] refusals = {2};
    disk.watch(operation -> {
      if (operation.act() == CrashingDisk.Act.REPLACE
          && operation.path().toString().endsWith(".reason")
          && refusals[0] > 0) {
        refusals[0]--;
        throw new IOException("No space left on device");
      }
    });
    yard.restart(disk);
    yard.onStep = launch -> Script.exits(1);
    Yard.work(yard.worker());
    assertEquals(List.of(1), yard.ran);
    assertEquals(List.of(name), yard.failed());
    assertEquals(0, refusals[0]);
  }
}
