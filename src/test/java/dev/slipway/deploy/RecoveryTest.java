package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.MemoryFolder;
import dev.slipway.event.Source;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.lock.Lease;
import dev.slipway.lock.LockName;
import dev.slipway.process.Cancellation;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.Output;
import dev.slipway.process.Processes;
import dev.slipway.process.RunToken;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.Claim;
import dev.slipway.spool.RunNote;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new daemon makes of what an unclean end left. */
class RecoveryTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
  }

  /** Kills the daemon in the middle of the step, and starts a new one. */
  private void killWhileItRuns() throws Exception {
    yard.onStep =
        launch -> {
          throw new Yard.Killed();
        };
    Worker worker = yard.worker();
    assertThrows(Yard.Killed.class, () -> Yard.work(worker));
    yard.onStep = launch -> Script.exits(0);
    yard.restart();
  }

  private List<String> lastMessages() throws Exception {
    List<String> last = new ArrayList<>();
    for (Release release : yard.releases()) {
      List<String> log = yard.log(release);
      assertEquals(
          1, log.stream().filter(line -> line.contains("\"completed\"")).count(), log::toString);
      last.add(log.getLast().replaceAll(".*\"data\":\"|\"}}", ""));
    }
    return last;
  }

  @Test
  void whatWasRunningIsEndedAndRunsAgainUnderANewNumber() throws Exception {
    yard.deliver("e-1", 1);
    killWhileItRuns();
    RunToken token = yard.queue().unfinishedRun().orElseThrow().token();
    yard.onStep =
        launch -> {
          assertEquals(List.of(token), yard.processes.endedTokens(), "before anything runs");
          return Script.exits(0);
        };
    Yard.work(yard.worker());
    assertEquals(List.of(1, 1), yard.ran);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
    assertEquals(
        "the daemon ended while it ran", yard.releases().getFirst().reason().orElseThrow());
    assertEquals(List.of("interrupted", "succeeded"), lastMessages());
    assertEquals(Optional.empty(), yard.queue().unfinishedRun());
  }

  @Test
  void itIsMadeGoodAlsoWhileTheQueueIsPaused() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    killWhileItRuns();
    yard.control().pause("later");
    Yard.work(yard.worker());
    assertEquals(List.of(name), yard.waiting());
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
    assertEquals(List.of("interrupted"), lastMessages());
  }

  @Test
  void atTheThirdUncleanEndInARowTheEntryIsGivenUp() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    killWhileItRuns();
    killWhileItRuns();
    killWhileItRuns();
    Yard.work(yard.worker());
    assertEquals(List.of(name), yard.failed());
    assertTrue(yard.reason(name).contains("uncleanly 3 times in a row"), yard.reason(name));
    assertTrue(yard.reason(name).contains("queue retry website " + name), yard.reason(name));
    assertEquals("deployed", yard.outcome("e-2"));
    assertEquals(
        List.of(
            ReleaseState.INTERRUPTED,
            ReleaseState.INTERRUPTED,
            ReleaseState.INTERRUPTED,
            ReleaseState.SUCCEEDED),
        yard.states());
  }

  @Test
  void anOrderlyEndInBetweenBeginsTheCountAnew() throws Exception {
    yard.deliver("e-1", 1);
    killWhileItRuns();
    killWhileItRuns();
    Worker worker = yard.worker();
    yard.onStep =
        launch -> {
          worker.stop();
          return Script.lasts();
        };
    Yard.work(worker);
    yard.restart();
    killWhileItRuns();
    killWhileItRuns();
    Yard.work(yard.worker());
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void aRetriedEntryThatWasGivenUpBeginsAnew() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    killWhileItRuns();
    killWhileItRuns();
    killWhileItRuns();
    Yard.work(yard.worker());
    assertTrue(yard.control().retry(name));
    killWhileItRuns();
    Yard.work(yard.worker());
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void anEndlessFaultOfTheMachineIsCountedToo() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    for (int i = 0; i < 3; i++) {
      yard.onStep =
          launch -> {
            throw new OutOfMemoryError("as if");
          };
      Worker worker = yard.worker();
      assertThrows(OutOfMemoryError.class, () -> Yard.work(worker));
      yard.restart();
    }
    Yard.work(yard.worker());
    assertEquals(List.of(name), yard.failed());
    assertEquals(3, yard.ran.size());
  }

  @Test
  void anEntryThatWasRecordedAndNotYetRemovedIsRemovedWithoutASecondRun() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Claim claim = yard.queue().claim(name).orElseThrow();
    open(claim);
    yard.memory.end(
        new Release.Ending(
            Yard.WEBSITE,
            new ReleaseNumber(1),
            Optional.empty(),
            ReleaseState.SUCCEEDED,
            Instant.EPOCH,
            "deployed"),
        new ProcessedEvent(
            Yard.id("e-1"),
            Optional.of(Yard.WEBSITE),
            "deployed",
            name,
            Instant.EPOCH,
            "it",
            Optional.empty()));
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(List.of(), yard.ran);
    assertEquals(List.of(), yard.active());
    assertEquals(List.of(), yard.waiting());
    assertEquals(List.of(ReleaseState.SUCCEEDED), yard.states());
    assertEquals(List.of("succeeded"), lastMessages());
    assertEquals(Optional.empty(), yard.queue().unfinishedRun());
  }

  private void open(Claim claim) throws Exception {
    yard.queue().beginRun(new RunNote(claim.name(), Yard.id("e-1"), RunToken.random(), 0));
    ReleaseNumber _ =
        yard.memory.open(
            new Release.Opening(
                Yard.WEBSITE,
                Optional.of(FakeGit.commit(1)),
                GitRef.ofBranch("main"),
                Yard.id("e-1"),
                Source.WEBHOOK,
                Yard.HOST,
                Instant.EPOCH));
  }

  @Test
  void anEntryThatWasTakenAndNotYetRunIsNoUncleanEnd() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    for (int i = 0; i < 5; i++) {
      assertTrue(yard.queue().claim(name).isPresent());
      yard.restart();
      yard.control().pause("so that it stays");
      Yard.work(yard.worker());
      assertEquals(List.of(name), yard.waiting());
    }
  }

  @Test
  void aReleaseThatWasRunningIsEndedAlsoWhereItsNoteIsLost() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    open(yard.queue().claim(name).orElseThrow());
    yard.queue().endRun();
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(List.of(ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED), yard.states());
    assertEquals(List.of("interrupted", "succeeded"), lastMessages());
  }

  @Test
  void aReleaseOfAnotherHostIsLeftAlone() throws Exception {
    ReleaseNumber _ =
        yard.memory.open(
            new Release.Opening(
                Yard.WEBSITE,
                Optional.empty(),
                GitRef.ofBranch("main"),
                Yard.id("e-9"),
                Source.WEBHOOK,
                "host-2",
                Instant.EPOCH));
    yard.deliver("e-1", 1);
    killWhileItRuns();
    Yard.work(yard.worker());
    assertEquals(
        List.of(ReleaseState.RUNNING, ReleaseState.INTERRUPTED, ReleaseState.SUCCEEDED),
        yard.states());
  }

  @Test
  void aRunThatWasToBeCancelledIsCancelled() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    killWhileItRuns();
    yard.control().requestCancel(name, "not this one");
    Yard.work(yard.worker());
    assertEquals(List.of(1), yard.ran);
    assertEquals("cancelled", yard.outcome("e-1"));
    assertEquals(Optional.of(FakeGit.commit(1)), yard.record("e-1").orElseThrow().commit());
    assertEquals(List.of(ReleaseState.CANCELLED), yard.states());
    assertEquals(List.of("cancelled"), lastMessages());
    assertEquals("cancelled: not this one", yard.releases().getFirst().reason().orElseThrow());
  }

  @Test
  void whileAnotherHasTheLockNothingIsTouched() throws Exception {
    yard.deliver("e-1", 1);
    killWhileItRuns();
    Worker worker = yard.worker();
    try (Lease elsewhere =
        yard.locks.tryAcquire(LockName.ofDeployment(Yard.WEBSITE)).orElseThrow()) {
      assertTrue(worker.step().isPositive());
      assertTrue(elsewhere.isHeld());
      assertEquals(List.of(), yard.processes.endedTokens());
      assertEquals(List.of(ReleaseState.RUNNING), yard.states());
    }
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void aTornLogIsCompletedOnALineOfItsOwn() throws Exception {
    yard.deliver("e-1", 1);
    killWhileItRuns();
    Path log = yard.spool.state().log(Yard.WEBSITE, new ReleaseNumber(1));
    String text = Files.readString(log);
    Files.writeString(log, text.substring(0, text.length() - 10));
    Yard.work(yard.worker());
    List<String> lines = yard.log(yard.releases().getFirst());
    assertTrue(lines.getLast().contains("\"completed\",\"data\":\"interrupted\""), lines::toString);
  }

  @Test
  void recoveringTwiceIsAsGoodAsOnce() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    killWhileItRuns();
    yard.control().pause("so that it stays");
    for (int i = 0; i < 5; i++) {
      Yard.work(yard.worker());
      yard.restart();
    }
    assertEquals(List.of(name), yard.waiting());
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
    assertEquals(List.of("interrupted"), lastMessages());
    assertEquals(1, yard.queue().unfinishedRun().orElseThrow().unclean());
  }

  @Test
  void aNewConfigurationMeansANewWorkerAndNoUncleanEnd() throws Exception {
    yard.deliver("e-1", 1);
    Yard.work(yard.worker());
    yard.deliver("e-2", 2);
    Yard.work(yard.worker(Yard.conditions(3, "build")));
    assertEquals(List.of(1, 2), yard.ran);
    assertEquals(List.of(ReleaseState.SUCCEEDED, ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void anEntryThatBecameUnreadableMeanwhileIsParkedInItsTurn() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    killWhileItRuns();
    Files.writeString(yard.queue().claimed(name).file(), "overwritten");
    Yard.work(yard.worker());
    assertEquals(List.of(name), yard.failed());
    assertTrue(yard.reason(name).contains("it is not JSON"), yard.reason(name));
  }

  @Test
  void whileWhatIsLeftDoesNotEndNothingRunsBesideIt() throws Exception {
    yard.deliver("e-1", 1);
    killWhileItRuns();
    int[] refusals = {2};
    Processes stubborn =
        new Processes() {
          @Override
          public Exit run(Launch launch, Output output, Cancellation cancellation)
              throws InterruptedException {
            return yard.processes.run(launch, output, cancellation);
          }

          @Override
          public int endAll(RunToken token) throws IOException {
            if (refusals[0]-- > 0) {
              throw new IOException("process 4711 of an earlier run does not end");
            }
            return yard.processes.endAll(token);
          }
        };
    Workshop workshop =
        new Workshop(yard.spool, yard.ledger, yard.locks, stubborn, yard.workshop.site());
    Worker worker = new Worker(workshop, yard.website());
    assertThrows(IOException.class, worker::step);
    assertThrows(IOException.class, worker::step);
    assertEquals(List.of(1), yard.ran);
    assertEquals(1, yard.active().size());
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
  }
}
