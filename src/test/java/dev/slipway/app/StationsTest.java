package dev.slipway.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.Target;
import dev.slipway.deploy.Conditions;
import dev.slipway.deploy.Deployment;
import dev.slipway.deploy.Yard;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.QueueControl;
import dev.slipway.spool.Watch;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StationsTest {
  private static final Slug MIRROR = new Slug("mirror");
  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir(factory = MemoryFolder.class)
  Path root;

  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();

  /** What the steps saw of the variable {@code STAGE}. */
  private final List<String> stages = new CopyOnWriteArrayList<>();

  private Yard yard;
  private Crew crew;
  private Stations stations;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
    yard.onStep =
        launch -> {
          stages.add(launch.environment().getOrDefault("STAGE", "none"));
          return Script.exits(0);
        };
    crew = new Crew(fatal::add);
    stations = new Stations(yard.workshop, crew, new Watch(yard.spool.state()));
  }

  @AfterEach
  void end() {
    crew.close();
    assertEquals(List.of(), fatal);
  }

  private Deployment website(String stage) {
    return yard.website(
        new Conditions(
            new Conditions.Tries(1, Duration.ofSeconds(1)),
            Conditions.Succession.NONE,
            Duration.ofMinutes(1),
            List.of(),
            Map.of("STAGE", stage)));
  }

  private Deployment mirror() {
    return yard.deployment(MIRROR, Yard.conditions(1), Target.Style.IN_PLACE);
  }

  private void awaitOutcome(String id, String outcome) {
    await().atMost(LONG).until(() -> yard.outcome(id).equals(outcome));
  }

  /** Has the next step last until it is released, and waits until it runs. */
  private void startLasting() throws Exception {
    yard.onStep =
        launch -> {
          stages.add("lasting");
          return Script.lasts();
        };
    yard.deliver("e-1", 1);
    stations.arrange(List.of(website("test")));
    await().atMost(LONG).until(() -> stages.contains("lasting"));
  }

  @Test
  void everyDeploymentHasAWorkerOfItsOwn() throws Exception {
    yard.deliver("e-1", 1);
    yard.forward(MIRROR, "e-2", Yard.push("e-2", 2));
    stations.arrange(List.of(website("test"), mirror()));
    awaitOutcome("e-1", "deployed");
    await().atMost(LONG).until(() -> yard.memory.live(MIRROR).isPresent());
  }

  @Test
  void oneThatTheDiskRefusesKeepsNoOtherFromItsWorkerAndGetsItsOwnLater() throws Exception {
    yard.deliver("e-1", 1);
    Path queue = yard.spool.state().queue(MIRROR);
    Files.writeString(queue, "no folder");
    stations.arrange(List.of(mirror(), website("test")));
    awaitOutcome("e-1", "deployed");
    Duration _ = stations.step();
    Files.delete(queue);
    yard.forward(MIRROR, "e-2", Yard.push("e-2", 2));
    assertEquals(Optional.empty(), yard.memory.live(MIRROR));
    Duration _ = stations.step();
    await().atMost(LONG).until(() -> yard.memory.live(MIRROR).isPresent());
  }

  @Test
  void oneThatIsTakenOutAgainIsNotTriedAnyMore() throws Exception {
    Path queue = yard.spool.state().queue(MIRROR);
    Files.writeString(queue, "no folder");
    stations.arrange(List.of(mirror()));
    stations.arrange(List.of());
    Files.delete(queue);
    Duration _ = stations.step();
    assertFalse(Files.exists(yard.spool.state().active(MIRROR)));
  }

  @Test
  void aChangedDeploymentIsWorkedForAsItIsNow() throws Exception {
    yard.deliver("e-1", 1);
    stations.arrange(List.of(website("old")));
    awaitOutcome("e-1", "deployed");
    stations.arrange(List.of(website("new")));
    yard.deliver("e-2", 2);
    awaitOutcome("e-2", "deployed");
    assertEquals(List.of("old", "new"), stages);
  }

  @Test
  void aChangeThatIsTakenBackBeforeItTookEffectLeavesTheOldOne() throws Exception {
    Station station = new Station(yard.workshop, website("old"));
    assertTrue(station.change(website("new")));
    assertTrue(station.change(website("old")));
    assertFalse(station.change(website("old")));
    yard.deliver("e-1", 1);
    assertEquals(Duration.ZERO, station.step());
    assertEquals(List.of("old"), stages);
  }

  @Test
  void aStationThatIsDrainedDuringAChangeStartsNothing() throws Exception {
    Station station = new Station(yard.workshop, website("old"));
    yard.deliver("e-1", 1);
    assertTrue(station.change(website("new")));
    station.drain();
    assertTrue(station.step().isPositive());
    assertEquals(List.of(), stages);
  }

  @Test
  void aDeploymentThatIsTakenOutFinishesWhatRunsAndKeepsItsQueue() throws Exception {
    startLasting();
    EntryName second = yard.deliver("e-2", 2);
    stations.arrange(List.of());
    yard.processes.release();
    awaitOutcome("e-1", "deployed");
    assertEquals(List.of(second), yard.waiting());
  }

  @Test
  void aRunOfADeploymentThatIsTakenOutCanStillBeCancelled() throws Exception {
    startLasting();
    stations.arrange(List.of());
    yard.control().requestCancel(yard.queue().active().getFirst(), "not this one");
    Duration _ = stations.step();
    awaitOutcome("e-1", "cancelled");
  }

  @Test
  void aDeploymentThatComesBackWaitsForItsFormerSelf() throws Exception {
    startLasting();
    stations.arrange(List.of());
    yard.deliver("e-2", 2);
    yard.onStep =
        launch -> {
          stages.add("next");
          return Script.exits(0);
        };
    stations.arrange(List.of(website("test")));
    assertEquals(1, yard.memory.running(Yard.HOST).size());
    yard.processes.release();
    awaitOutcome("e-1", "deployed");
    awaitOutcome("e-2", "deployed");
    assertEquals(List.of("lasting", "next"), stages);
    assertEquals(List.of(ReleaseState.SUCCEEDED, ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void atTheEndWhatRunsMayFinishWithinTheGrace() throws Exception {
    startLasting();
    yard.processes.release();
    stations.finish(LONG);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals(List.of(ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void whatTakesLongerIsEndedAndThatIsRecordedBeforeTheDaemonEnds() throws Exception {
    startLasting();
    stations.finish(Duration.ofMillis(50));
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
    assertEquals(1, yard.waiting().size());
    assertEquals(Optional.empty(), yard.queue().unfinishedRun());
  }

  @Test
  void alsoWhatBelongsToADeploymentThatWasTakenOut() throws Exception {
    startLasting();
    stations.arrange(List.of());
    stations.finish(Duration.ofMillis(50));
    assertEquals(List.of(ReleaseState.INTERRUPTED), yard.states());
  }

  @Test
  void oneUnreadableRequestDoesNotKeepTheOthersFromBeingHeard() throws Exception {
    yard.onStep =
        launch -> {
          stages.add(launch.environment().get("SLIPWAY_DEPLOYMENT"));
          return Script.lasts();
        };
    yard.deliver("e-1", 1);
    EntryName other = yard.forward(MIRROR, "e-2", Yard.push("e-2", 2));
    stations.arrange(List.of(website("test"), mirror()));
    await().atMost(LONG).until(() -> stages.size() == 2);
    EntryName name = yard.queue().active().getFirst();
    Path unreadable = yard.spool.state().active(Yard.WEBSITE).resolve(name + EntryName.CANCEL);
    Files.createDirectory(unreadable);
    new QueueControl(yard.disk, yard.spool.state(), yard.spool.queue(MIRROR), yard.clock)
        .requestCancel(other, "not this one");
    assertThrows(IOException.class, stations::step);
    await().atMost(LONG).until(() -> yard.memory.running(Yard.HOST).size() == 1);
    assertEquals(Yard.WEBSITE, yard.memory.running(Yard.HOST).getFirst().deployment());
    Files.delete(unreadable);
    yard.processes.release();
    awaitOutcome("e-1", "deployed");
  }
}
