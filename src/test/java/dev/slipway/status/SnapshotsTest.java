package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.slipway.ledger.ReleaseState;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotsTest {
  @TempDir Path root;
  private Scene scene;
  private Snapshots snapshots;

  @BeforeEach
  void setUp() throws IOException {
    scene = new Scene(root);
    snapshots = new Snapshots(scene.sources);
  }

  @Test
  void aDeploymentThatNothingEverHappenedToIsIdleAndHasNoRelease() throws IOException {
    Standing standing = only();
    assertEquals(DeploymentState.IDLE, standing.state());
    assertEquals(Optional.empty(), standing.recorded().newest());
    assertEquals(Optional.empty(), standing.commit());
  }

  @Test
  void lookingCreatesNothing() throws IOException {
    snapshots.take();
    assertFalse(Files.exists(scene.state.queue(Scene.SITE)));
  }

  @Test
  void theQueueIsCounted() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(3));
    scene.put(EntryState.WAITING, Scene.name(4));
    scene.put(EntryState.FAILED, Scene.name(1));
    scene.put(EntryState.ACTIVE, Scene.name(2));
    QueueState queue = only().queue();
    assertEquals(2, queue.waiting());
    assertEquals(1, queue.failed());
    QueueEntry active = queue.active().orElseThrow();
    assertEquals(Scene.name(2), active.place().name());
    assertInstanceOf(QueueEntry.Content.Readable.class, active.content());
  }

  @Test
  void aFailedReleaseLeavesTheOneBeforeItLive() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.release(2, ReleaseState.FAILED);
    Standing standing = only();
    assertEquals(
        Optional.of(new ReleaseNumber(2)), standing.recorded().newest().map(it -> it.version()));
    assertEquals(Optional.of(Scene.commit(1)), standing.commit());
  }

  @Test
  void theReasonOfAPauseIsShown() throws IOException {
    new Acts(scene.sources).pause(Scene.SITE, Optional.of("a holiday"));
    assertEquals(Optional.of("a holiday"), only().queue().paused());
  }

  @Test
  void aPauseByTouchHasAnEmptyReason() throws IOException {
    scene.queue();
    Files.createFile(scene.state.queue(Scene.SITE).resolve("paused"));
    assertEquals(Optional.of(""), only().queue().paused());
    assertEquals(DeploymentState.PAUSED, only().state());
  }

  @Test
  void aQueueOfADeploymentThatWasTakenOutIsShownAsOrphaned() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(1));
    scene.routes.clear();
    assertEquals(DeploymentState.ORPHANED, only().state());
    assertEquals(1, only().queue().waiting());
  }

  @Test
  void whileTheRecordStoreIsAwayQueuesAreShownAndTheGapIsSaid() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.put(EntryState.WAITING, Scene.name(1));
    scene.ledger.unavailable(true);
    Snapshot snapshot = snapshots.take();
    assertEquals(Optional.of("the record store does not answer"), snapshot.warning());
    assertEquals(1, snapshot.deployments().getFirst().queue().waiting());
    assertInstanceOf(Recorded.Unknown.class, snapshot.deployments().getFirst().recorded());
    assertInstanceOf(Recorded.Unknown.class, snapshots.of(Scene.SITE).orElseThrow().recorded());
  }

  @Test
  void whatLiesBeforeTheDispatcherIsCounted() throws IOException {
    Files.write(scene.state.dispatcher().resolve(Scene.name(1).value()), new byte[0]);
    scene.put(EntryState.CORRUPT, Scene.name(2));
    assertEquals(new Snapshot.Unrouted(1, 1), snapshots.take().unrouted());
  }

  @Test
  void oneDeploymentIsShownAsAmongAll() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.release(2, ReleaseState.CANCELLED);
    scene.put(EntryState.FAILED, Scene.name(1));
    assertEquals(Optional.of(only()), snapshots.of(Scene.SITE));
  }

  @Test
  void aSlugThatNobodyKnowsIsAbsent() throws IOException {
    assertEquals(Optional.empty(), snapshots.of(new Slug("nobody")));
  }

  @Test
  void deploymentsStandInTheOrderOfTheirSlugs() throws IOException {
    scene.routes.add(Scene.route(new Slug("api"), false));
    assertEquals(
        List.of("api", "website"),
        snapshots.take().deployments().stream().map(it -> it.slug().value()).toList());
  }

  private Standing only() throws IOException {
    List<Standing> all = snapshots.take().deployments();
    assertEquals(1, all.size());
    return all.getFirst();
  }
}
