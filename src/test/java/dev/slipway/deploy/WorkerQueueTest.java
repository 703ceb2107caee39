package dev.slipway.deploy;

import static dev.slipway.deploy.Yard.push;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Source;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.process.Launch;
import dev.slipway.process.RunToken;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.Backlog;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the entries of one queue: order, duplicates, and what operators do to them. */
class WorkerQueueTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
  }

  /** A disk on which somebody removes the active entry right before it is read. */
  private CrashingDisk removingWhenRead(EntryName name) throws Exception {
    Path active = yard.spool.state().active(Yard.WEBSITE).resolve(name.value());
    CrashingDisk disk = new CrashingDisk(root.resolve("graves"));
    disk.watch(operation -> {
      if (operation.act() == CrashingDisk.Act.READ && operation.path().equals(active)) {
        Files.deleteIfExists(active);
      }
    });
    return disk;
  }

  private void assertNothingLeft() throws Exception {
    assertEquals(List.of(), yard.waiting());
    assertEquals(List.of(), yard.active());
    assertEquals(Optional.empty(), yard.queue().unfinishedRun());
    assertEquals(List.of(), yard.memory.running(Yard.HOST));
  }

  @Test
  void eventsAreDeployedInTheOrderOfTheirNames() throws Exception {
    yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    yard.deliver("e-3", 3);
    assertEquals(Backlog.SWEEP, Yard.work(yard.worker()));
    assertEquals(List.of(1, 2, 3), yard.ran);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals("deployed", yard.outcome("e-3"));
    assertEquals(
        List.of(ReleaseState.SUCCEEDED, ReleaseState.SUCCEEDED, ReleaseState.SUCCEEDED),
        yard.states());
    assertNothingLeft();
  }

  @Test
  void aReleaseIsRecordedWithAllThatItWas() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Yard.work(yard.worker());
    Release release = yard.releases().getFirst();
    assertEquals(new EventId("e-1"), release.event());
    assertEquals(Optional.of(FakeGit.commit(1)), release.commit());
    assertEquals("refs/heads/main", release.ref().value());
    assertEquals(Yard.HOST, release.host());
    assertEquals(Source.WEBHOOK, release.trigger());
    assertEquals(Optional.of("deployed"), release.reason());
    assertEquals(name, yard.record("e-1").orElseThrow().entry());
    assertEquals("release 1", yard.record("e-1").orElseThrow().reason());
    List<String> log = yard.log(release);
    assertTrue(
        log.getFirst().contains("release 1 of website: 0000000 of refs/heads/main"), log::toString);
    assertTrue(log.getLast().contains("\"completed\",\"data\":\"succeeded\""), log::toString);
  }

  @Test
  void stepsSeeTheFactsAndTheTokenButNothingOfTheDaemons() throws Exception {
    yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    List<Launch> launches = new ArrayList<>();
    yard.onStep =
        launch -> {
          launches.add(launch);
          String file = launch.environment().get("SLIPWAY_EVENT_FILE");
          assertTrue(Files.isRegularFile(Path.of(file)), file);
          return Script.exits(0);
        };
    Yard.work(yard.worker());
    var environment = launches.getLast().environment();
    assertEquals("website", environment.get("SLIPWAY_DEPLOYMENT"));
    assertEquals("example/website", environment.get("SLIPWAY_REPOSITORY"));
    assertEquals("refs/heads/main", environment.get("SLIPWAY_REF"));
    assertEquals("main", environment.get("SLIPWAY_BRANCH"));
    assertEquals(FakeGit.commit(2).value(), environment.get("SLIPWAY_COMMIT"));
    assertEquals(FakeGit.commit(1).value(), environment.get("SLIPWAY_PREVIOUS_COMMIT"));
    assertEquals("2", environment.get("SLIPWAY_RELEASE"));
    assertEquals("e-2", environment.get("SLIPWAY_EVENT_ID"));
    assertEquals(yard.path(Yard.WEBSITE).toString(), environment.get("SLIPWAY_PATH"));
    assertEquals("/usr/bin:/bin", environment.get("PATH"));
    assertFalse(environment.containsKey("DAEMON_TOKEN"));
    assertEquals(36, environment.getOrDefault(RunToken.VARIABLE, "").length());
    assertEquals("", launches.getFirst().environment().get("SLIPWAY_PREVIOUS_COMMIT"));
    assertEquals(yard.path(Yard.WEBSITE), launches.getFirst().directory());
  }

  @Test
  void whatASucceededStepLeftRunningIsNoRemainToBeEnded() throws Exception {
    yard.deliver("e-1", 1);
    List<String> carried = new ArrayList<>();
    List<String> noted = new ArrayList<>();
    yard.onStep =
        launch -> {
          carried.add(launch.environment().get(RunToken.VARIABLE));
          noted.add(note());
          return Script.exits(0);
        };
    FaultyLedger ledger = new FaultyLedger(yard.memory);
    ledger.before =
        call -> {
          if (call == FaultyLedger.Call.END) {
            noted.add(note());
          }
        };
    yard.ledger = ledger;
    yard.restart();
    Yard.work(yard.worker());
    assertEquals(carried.getFirst(), noted.getFirst(), "what is written down is what runs");
    assertFalse(noted.getLast().equals(carried.getFirst()), "it succeeded: it is let be");
    assertNothingLeft();
  }

  private String note() {
    try {
      return yard.queue().unfinishedRun().orElseThrow().token().value();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void everyProgramOfARunCarriesItsTokenWhateverTheEnvironmentSays() throws Exception {
    yard.deliver("e-1", 1);
    Conditions conditions =
        new Conditions(
            new Conditions.Tries(1, Duration.ofSeconds(1)),
            Conditions.Succession.NONE,
            Duration.ofMinutes(1),
            List.of(),
            Map.of(RunToken.VARIABLE, "mine", "NODE_ENV", "production"));
    Yard.work(yard.worker(conditions));
    List<String> tokens =
        yard.processes.launches().stream()
            .map(launch -> launch.environment().get(RunToken.VARIABLE))
            .distinct()
            .toList();
    assertEquals(1, tokens.size());
    assertEquals(36, tokens.getFirst().length());
    assertEquals("production", yard.processes.launches().getLast().environment().get("NODE_ENV"));
  }

  @Test
  void anEventOnRecordIsNotDeployedAgain() throws Exception {
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    Yard.work(worker);
    yard.deliver("e-1", 1);
    Yard.work(worker);
    assertEquals(List.of(1), yard.ran);
    assertNothingLeft();
  }

  @Test
  void aLatePushDoesNotTakeTheSiteBack() throws Exception {
    yard.deliver("e-2", 2);
    yard.deliver("e-1", 1);
    Yard.work(yard.worker());
    assertEquals(List.of(2), yard.ran);
    assertEquals("superseded", yard.outcome("e-1"));
    assertEquals(
        "release 1 is live with 0000000, which already contains 0000000",
        yard.record("e-1").orElseThrow().reason());
    assertEquals(1, yard.releases().size());
    assertNothingLeft();
  }

  @Test
  void whatAPersonAsksForIsDeployedAlsoWhenItIsOlder() throws Exception {
    yard.deliver("e-2", 2);
    yard.forward(Yard.WEBSITE, "e-1", push("e-1", 1, Source.CLI));
    Yard.work(yard.worker());
    assertEquals(List.of(2, 1), yard.ran);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void theCommitThatIsLiveIsDeployedAgainWhenItIsPushedAgain() throws Exception {
    yard.deliver("e-1", 1);
    yard.deliver("e-2", 1);
    Yard.work(yard.worker());
    assertEquals(List.of(1, 1), yard.ran);
  }

  @Test
  void aFailedReleaseSupersedesNothing() throws Exception {
    yard.onStep = launch -> Script.exits(yard.ran.getLast() == 2 ? 1 : 0);
    yard.deliver("e-2", 2);
    yard.deliver("e-1", 1);
    Yard.work(yard.worker());
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void whereTheCommitIsNotSaidTheLogSaysWhichItWas() throws Exception {
    JsonObject payload =
        new JsonObject()
            .with("ref", "refs/heads/main")
            .with("repository", new JsonObject().with("full_name", "example/website"));
    yard.forward(Yard.WEBSITE, "e-1", Yard.entry("e-1", "push", Source.CLI, payload));
    Yard.work(yard.worker());
    assertEquals("deployed", yard.outcome("e-1"));
    String said = "the newest commit of refs/heads/main is " + FakeGit.commit(7);
    assertTrue(yard.log(yard.releases().getFirst()).stream().anyMatch(line -> line.contains(said)));
  }

  @Test
  void aDeletedBranchAndAPushWithoutHeadAreIgnored() throws Exception {
    JsonObject payload =
        new JsonObject()
            .with("ref", "refs/heads/main")
            .with("after", "0".repeat(40))
            .with("deleted", true)
            .with("head_commit", null)
            .with("repository", new JsonObject().with("full_name", "example/website"));
    yard.forward(Yard.WEBSITE, "e-1", Yard.entry("e-1", "push", Source.WEBHOOK, payload));
    Yard.work(yard.worker());
    assertEquals("ignored", yard.outcome("e-1"));
    assertEquals(List.of(), yard.releases());
    assertNothingLeft();
  }

  @Test
  void whatIsNoEventIsParkedWithItsReason() throws Exception {
    EntryName torn = yard.drop("1-torn.json", "{\"id\":".getBytes(StandardCharsets.UTF_8));
    EntryName ping =
        yard.drop("2-ping.json", Yard.entry("p-1", "ping", Source.WEBHOOK, new JsonObject()));
    yard.deliver("e-1", 1);
    Yard.work(yard.worker());
    assertEquals(List.of(torn, ping), yard.failed());
    assertTrue(yard.reason(torn).contains("cannot be deployed: it is not JSON"), yard.reason(torn));
    assertTrue(yard.reason(torn).contains("queue retry website 1-torn.json"), yard.reason(torn));
    assertTrue(yard.reason(ping).contains("of kind ping"), yard.reason(ping));
    assertEquals("deployed", yard.outcome("e-1"));
    assertNothingLeft();
  }

  @Test
  void anEntryThatAnOperatorDropsInIsDeployedAtItsPlace() throws Exception {
    yard.deliver("e-2", 2);
    yard.drop("0001-mine", push("e-1", 1));
    Yard.work(yard.worker());
    assertEquals(List.of(1, 2), yard.ran);
    assertEquals("deployed", yard.outcome("e-1"));
    assertNothingLeft();
  }

  @Test
  void anEntryDroppedInWhoseEventWaitsAlreadyIsDropped() throws Exception {
    yard.deliver("e-1", 1);
    yard.drop("zz-again", push("e-1", 1));
    Yard.work(yard.worker());
    assertEquals(List.of(1), yard.ran);
    assertNothingLeft();
  }

  @Test
  void anEntryThatAnOperatorRemovesIsRecordedAsCancelled() throws Exception {
    yard.deliver("e-1", 1);
    EntryName second = yard.deliver("e-2", 2);
    yard.onStep =
        launch -> {
          remove(second);
          return Script.exits(0);
        };
    Worker worker = yard.worker();
    Yard.work(worker);
    yard.clock.pass(Backlog.SWEEP);
    Yard.work(worker);
    assertEquals(List.of(1), yard.ran);
    assertEquals("cancelled", yard.outcome("e-2"));
    assertEquals("removed from the queue by hand", yard.record("e-2").orElseThrow().reason());
    assertNothingLeft();
  }

  private void remove(EntryName name) {
    try {
      Files.delete(yard.spool.state().queue(Yard.WEBSITE).resolve(name.value()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void anEntryRemovedWhileTheDaemonWasDownIsRecordedAsCancelled() throws Exception {
    remove(yard.deliver("e-1", 1));
    yard.restart();
    Yard.work(yard.worker());
    assertEquals("cancelled", yard.outcome("e-1"));
    assertNothingLeft();
  }

  @Test
  void aFailedEntryMovedUpIsTriedAgainAndItsReasonIsGone() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.onStep = launch -> Script.exits(3);
    Worker worker = yard.worker();
    Yard.work(worker);
    assertEquals(List.of(name), yard.failed());
    yard.onStep = launch -> Script.exits(0);
    Files.move(
        yard.spool.state().failed(Yard.WEBSITE).resolve(name.value()),
        yard.spool.state().queue(Yard.WEBSITE).resolve(name.value()));
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(), yard.failed());
    assertEquals(List.of(), yard.disk.list(yard.spool.state().failed(Yard.WEBSITE)), "the reason");
    assertEquals(List.of(ReleaseState.FAILED, ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void aPausedQueueStartsNothingUntilItIsResumed() throws Exception {
    Path paused = yard.spool.state().queue(Yard.WEBSITE).resolve("paused");
    yard.deliver("e-1", 1);
    Files.createFile(paused);
    Worker worker = yard.worker();
    assertEquals(Backlog.SWEEP, Yard.work(worker));
    assertEquals(List.of(), yard.ran);
    Files.delete(paused);
    Yard.work(worker);
    assertEquals(List.of(1), yard.ran);
  }

  @Test
  void aQueueThatIsPausedMeanwhileFinishesWhatRuns() throws Exception {
    yard.deliver("e-1", 1);
    yard.deliver("e-2", 2);
    yard.onStep =
        launch -> {
          try {
            yard.control().pause("inspecting");
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
          return Script.exits(0);
        };
    Yard.work(yard.worker());
    assertEquals(List.of(1), yard.ran);
    assertEquals(1, yard.waiting().size());
  }

  @Test
  void theRecordOfARemovedEntrySaysItsCommitWhichTheDispatchersCopyKnows() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Files.copy(yard.queue().place(name), yard.spool.state().events().resolve(name.value()));
    remove(name);
    EntryName other = yard.deliver("e-2", 2);
    Files.copy(
        yard.spool.state().events().resolve(name.value()),
        yard.spool.state().events().resolve(other.value()));
    remove(other);
    Yard.work(yard.worker());
    assertEquals(Optional.of(FakeGit.commit(1)), yard.record("e-1").orElseThrow().commit());
    assertEquals(Optional.empty(), yard.record("e-2").orElseThrow().commit(), "another's copy");
  }

  @Test
  void theRecordOfADeployedEntrySaysItsCommit() throws Exception {
    yard.deliver("e-1", 1);
    Yard.work(yard.worker());
    assertEquals(Optional.of(FakeGit.commit(1)), yard.record("e-1").orElseThrow().commit());
  }

  @Test
  void anEntryParkedUnderATakenNameSaysWhichOneToRetry() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    Files.writeString(
        yard.spool.state().failed(Yard.WEBSITE).resolve(name.value()), "an operator's");
    yard.onStep = launch -> Script.exits(1);
    Yard.work(yard.worker());
    EntryName place = name.taken(1);
    assertEquals(List.of(name, place), yard.failed());
    assertTrue(
        yard.reason(place).contains("queue retry website " + place + " ("), yard.reason(place));
  }

  @Test
  void anEntryRemovedJustAfterItWasTakenIsRecordedAsCancelled() throws Exception {
    EntryName name = yard.deliver("e-1", 1);
    yard.restart(removingWhenRead(name));
    Worker worker = yard.worker();
    Yard.work(worker);
    yard.clock.pass(Backlog.SWEEP);
    Yard.work(worker);
    assertEquals(List.of(), yard.ran);
    assertEquals("cancelled", yard.outcome("e-1"));
    assertNothingLeft();
  }

  @Test
  void rubbishThatWaitsIsReadOnceAndNotAtEachSweep() throws Exception {
    CrashingDisk counting = new CrashingDisk(root.resolve("graveyard"));
    List<String> reads = new ArrayList<>();
    counting.watch(operation -> {
      if (operation.act() == CrashingDisk.Act.READ && operation.path().endsWith("rubbish")) {
        reads.add(operation.toString());
      }
    });
    yard.restart(counting);
    Worker worker = yard.worker();
    yard.drop("rubbish", new byte[] {1});
    yard.control().pause("not now");
    for (int i = 0; i < 5; i++) {
      Yard.work(worker);
      yard.clock.pass(Duration.ofSeconds(2));
    }
    long whole = reads.stream().filter(read -> !read.contains("retries")).count();
    assertEquals(1, whole, reads.toString());
  }
}
