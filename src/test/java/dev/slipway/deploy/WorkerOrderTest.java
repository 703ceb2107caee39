package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.MemoryFolder;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Source;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several pushes are deployed, and what becomes of the others. */
class WorkerOrderTest {
  private static final Conditions COALESCING =
      Yard.conditions(3, new Conditions.Succession(true, false));
  private static final Conditions HASTY = Yard.conditions(1, new Conditions.Succession(true, true));

  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
  }

  /** A push as GitHub makes it, which says what the branch pointed to before. */
  private static byte[] push(String id, int before, int commit) {
    return push(id, Source.WEBHOOK, "refs/heads/main", before, commit);
  }

  private static byte[] push(String id, Source source, String ref, int before, int commit) {
    return Yard.entry(
        id,
        "push",
        source,
        new JsonObject()
            .with("ref", ref)
            .with("before", FakeGit.commit(before))
            .with("after", FakeGit.commit(commit))
            .with("repository", new JsonObject().with("full_name", "example/website")));
  }

  private EntryName deliver(String id, int before, int commit) throws Exception {
    return yard.forward(Yard.WEBSITE, id, push(id, before, commit));
  }

  private String why(String id) {
    return yard.record(id).orElseThrow().reason();
  }

  @Test
  void ofWaitingPushesOnlyTheNewestIsDeployedAndTheOthersSayByWhichEntry() throws Exception {
    deliver("e-1", 0, 1);
    deliver("e-2", 1, 2);
    EntryName last = deliver("e-3", 2, 3);
    Yard.work(yard.worker(COALESCING));
    assertEquals(List.of(3), yard.ran);
    assertEquals("superseded", yard.outcome("e-1"));
    assertEquals("superseded", yard.outcome("e-2"));
    assertEquals("entry " + last + " took its place with 0000000", why("e-1"));
    assertEquals("deployed", yard.outcome("e-3"));
    assertEquals(List.of(ReleaseState.SUCCEEDED), yard.states());
    assertEquals(List.of(), yard.waiting());
  }

  @Test
  void withoutCoalescingEveryPushIsDeployed() throws Exception {
    deliver("e-1", 0, 1);
    deliver("e-2", 1, 2);
    Yard.work(yard.worker());
    assertEquals(List.of(1, 2), yard.ran);
  }

  @Test
  void whatGitHubDoesNotSayGitKnows() throws Exception {
    yard.deliver("e-1", 1);
    yard.deliver("e-2", 3);
    yard.deliver("e-3", 2);
    Yard.work(yard.worker(COALESCING));
    assertEquals(List.of(3), yard.ran);
    assertEquals("superseded", yard.outcome("e-1"));
    assertEquals("superseded", yard.outcome("e-3"));
    assertTrue(why("e-3").startsWith("release 1 is live with "), why("e-3"));
  }

  @Test
  void whatAPersonAskedForNeitherGivesNorTakesAPlace() throws Exception {
    yard.forward(Yard.WEBSITE, "c-1", push("c-1", Source.CLI, "refs/heads/main", 0, 1));
    deliver("e-2", 1, 2);
    yard.forward(Yard.WEBSITE, "c-3", push("c-3", Source.CLI, "refs/heads/main", 2, 1));
    Yard.work(yard.worker(COALESCING));
    assertEquals(List.of(1, 2, 1), yard.ran);
  }

  @Test
  void tagsNeverGiveTheirPlace() throws Exception {
    yard.forward(Yard.WEBSITE, "t-1", push("t-1", Source.WEBHOOK, "refs/tags/v1", 0, 1));
    yard.forward(Yard.WEBSITE, "t-2", push("t-2", Source.WEBHOOK, "refs/tags/v2", 1, 2));
    Yard.work(yard.worker(COALESCING));
    assertEquals(List.of(1, 2), yard.ran);
  }

  @Test
  void aPushThatRestsBeforeItsNextTryGivesItsPlaceAtOnce() throws Exception {
    yard.onStep = launch -> Script.exits(yard.ran.size() == 1 ? 1 : 0);
    EntryName first = deliver("e-1", 0, 1);
    Worker worker = yard.worker(COALESCING);
    assertTrue(Yard.work(worker).isPositive());
    assertEquals(List.of(first), yard.waiting());
    deliver("e-2", 1, 2);
    yard.clock.pass(Duration.ofSeconds(1));
    Yard.work(worker);
    assertEquals(List.of(1, 2), yard.ran);
    assertEquals("superseded", yard.outcome("e-1"));
    assertEquals("deployed", yard.outcome("e-2"));
    assertTrue(yard.queue().retryOf(first).isEmpty(), "the note of its tries is left");
  }

  @Test
  void aLongBacklogIsReadOnceAndRecordedInGroups() throws Exception {
    IntStream.rangeClosed(1, 600)
        .forEach(i -> {
          try {
            deliver("e-" + i, i - 1, i);
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });
    Yard.work(yard.worker(COALESCING));
    assertEquals(List.of(600), yard.ran);
    assertEquals("superseded", yard.outcome("e-1"));
    assertEquals("superseded", yard.outcome("e-599"));
  }

  @Test
  void whatWasFoundMissingAndThenArrivesAfterAllIsLiveAlready() throws Exception {
    yard.forward(Yard.WEBSITE, "r-1", push("r-1", Source.RECONCILE, "refs/heads/main", 0, 1));
    Worker worker = yard.worker(COALESCING);
    Yard.work(worker);
    deliver("e-1", 0, 1);
    Yard.work(worker);
    assertEquals(List.of(1), yard.ran);
    assertEquals("deployed", yard.outcome("r-1"));
    assertEquals("ignored", yard.outcome("e-1"));
    assertEquals("0000000 is live already, by release 1", why("e-1"));
  }

  @Test
  void aRunningDeployOfAnOlderCommitIsEndedWhereThatIsWanted() throws Exception {
    Worker worker = yard.worker(HASTY);
    yard.onStep =
        launch -> {
          if (yard.ran.size() > 1) {
            return Script.exits(0);
          }
          try {
            deliver("e-2", 1, 2);
            Duration _ = worker.overtake();
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
          return Script.lasts();
        };
    deliver("e-1", 0, 1);
    Yard.work(worker);
    assertEquals(List.of(1, 2), yard.ran);
    assertEquals(List.of(ReleaseState.CANCELLED, ReleaseState.SUCCEEDED), yard.states());
    assertEquals("superseded", yard.outcome("e-1"));
    assertTrue(why("e-1").contains(" took its place with "), why("e-1"));
    assertEquals(Optional.empty(), yard.queue().unfinishedRun());
  }

  @Test
  void aRunIsNotEndedForAnOlderPushNorForTheSameCommitAgain() throws Exception {
    Worker worker = yard.worker(HASTY);
    yard.onStep =
        launch -> {
          try {
            if (yard.ran.size() == 1) {
              deliver("e-2", 0, 4);
              deliver("e-3", 5, 5);
            }
            Duration _ = worker.overtake();
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
          return Script.exits(0);
        };
    deliver("e-1", 4, 5);
    Yard.work(worker);
    assertEquals("deployed", yard.outcome("e-1"));
    assertEquals("superseded", yard.outcome("e-2"));
  }
}
