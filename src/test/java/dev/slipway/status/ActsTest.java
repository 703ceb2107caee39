package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
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

final class ActsTest {
  private static final Slug NOBODY = new Slug("nobody");
  private static final Order NEWEST = new Order(Optional.empty(), Optional.empty(), "ada");

  @TempDir Path root;
  private Scene scene;
  private Acts acts;

  @BeforeEach
  void setUp() throws IOException {
    scene = new Scene(root);
    acts = new Acts(scene.sources);
  }

  @Test
  void anOrderWaitsBehindAllThatWaits() throws IOException {
    EntryName before = scene.put(EntryState.WAITING, Scene.name(0));
    Answer.Queued queued = assertInstanceOf(Answer.Queued.class, acts.deploy(Scene.SITE, NEWEST));
    assertEquals(List.of(before, queued.entry().place().name()), scene.queue().waiting());
    assertInstanceOf(QueueEntry.Content.Readable.class, queued.entry().content());
  }

  @Test
  void whatWasQueuedIsWhatIsAnswered() throws IOException {
    Answer.Queued queued = assertInstanceOf(Answer.Queued.class, acts.deploy(Scene.SITE, NEWEST));
    assertEquals(List.of(queued.entry()), new Queues(scene.sources).of(Scene.SITE, 10).entries());
  }

  @Test
  void aRefThatMeansNothingIsRefusedAndLeavesNoTrace() throws IOException {
    Order order = new Order(Optional.of("a..b"), Optional.empty(), "ada");
    refused(Answer.Why.MALFORMED, acts.deploy(Scene.SITE, order));
    assertFalse(Files.exists(scene.state.queue(Scene.SITE)));
  }

  @Test
  void nothingIsQueuedForADeploymentThatIsUnknownDisabledOrGone() throws IOException {
    refused(Answer.Why.UNKNOWN, acts.deploy(NOBODY, NEWEST));
    scene.routes.set(0, Scene.route(Scene.SITE, false));
    refused(Answer.Why.NOT_NOW, acts.deploy(Scene.SITE, NEWEST));
    scene.queue();
    scene.routes.clear();
    refused(Answer.Why.NOT_NOW, acts.deploy(Scene.SITE, NEWEST));
    assertEquals(List.of(), scene.queue().waiting());
    assertFalse(Files.exists(scene.state.queue(NOBODY)));
  }

  @Test
  void aPauseIsAFileWithItsReasonAndResumingRemovesIt() throws IOException {
    assertEquals(
        new Answer.Paused(Scene.SITE, "a holiday"),
        acts.pause(Scene.SITE, Optional.of(" a holiday ")));
    assertEquals("a holiday\n", Files.readString(pauseFile()));
    assertEquals(new Answer.Resumed(Scene.SITE), acts.resume(Scene.SITE));
    assertFalse(Files.exists(pauseFile()));
  }

  @Test
  void aPauseWithoutAReasonHasOneAllTheSame() throws IOException {
    acts.pause(Scene.SITE, Optional.empty());
    assertEquals("paused by hand\n", Files.readString(pauseFile()));
  }

  @Test
  void whatIsNotPausedCannotBeResumed() throws IOException {
    refused(Answer.Why.NOT_NOW, acts.resume(Scene.SITE));
  }

  @Test
  void cancellingLeavesARequestBesideTheActiveEntry() throws IOException {
    EntryName name = scene.put(EntryState.ACTIVE, Scene.name(1));
    assertEquals(
        new Answer.Cancelling(Scene.SITE, name, "wrong commit"),
        acts.cancel(Scene.SITE, Optional.of("wrong commit")));
    assertEquals(Optional.of("wrong commit"), scene.queue().claimed(name).cancelRequest());
  }

  @Test
  void whereNothingRunsNothingIsCancelled() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(1));
    refused(Answer.Why.NOT_NOW, acts.cancel(Scene.SITE, Optional.empty()));
  }

  @Test
  void aFailedEntryWaitsAgainAndItsReasonIsGone() throws IOException {
    EntryName name = scene.put(EntryState.FAILED, Scene.name(1));
    assertEquals(
        new Answer.Retried(Scene.SITE.value(), List.of(name)),
        acts.retry(Scene.SITE, name.value().replace(".json", "")));
    assertEquals(List.of(name), scene.queue().waiting());
    assertFalse(Files.exists(scene.state.failed(Scene.SITE).resolve(name + EntryName.REASON)));
  }

  @Test
  void allFailedEntriesWaitAgain() throws IOException {
    EntryName one = scene.put(EntryState.FAILED, Scene.name(1));
    EntryName two = scene.put(EntryState.FAILED, Scene.name(2));
    assertEquals(
        new Answer.Retried(Scene.SITE.value(), List.of(one, two)), acts.retryAll(Scene.SITE));
    refused(Answer.Why.NOT_NOW, acts.retryAll(Scene.SITE));
  }

  @Test
  void onlyWhatFailedCanBeTriedAgain() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(1));
    refused(Answer.Why.NOT_NOW, acts.retry(Scene.SITE, Scene.name(1).value()));
    refused(Answer.Why.UNKNOWN, acts.retry(Scene.SITE, Scene.name(2).value()));
    refused(Answer.Why.UNKNOWN, acts.retry(NOBODY, Scene.name(1).value()));
  }

  @Test
  void aFailedEntryDoesNotReplaceOneThatWaitsUnderItsName() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(1));
    EntryName name = scene.put(EntryState.FAILED, Scene.name(1));
    refused(Answer.Why.NOT_NOW, acts.retry(Scene.SITE, name.value()));
    assertEquals(List.of(name), scene.queue().failed());
  }

  @Test
  void anEntryThatWaitsCanBeDropped() throws IOException {
    EntryName name = scene.put(EntryState.WAITING, Scene.name(1));
    assertEquals(
        new Answer.Dropped(Scene.SITE.value(), name, EntryState.WAITING),
        acts.drop(Scene.SITE, name.value()));
    assertEquals(List.of(), scene.queue().waiting());
  }

  @Test
  void aFailedEntryIsDroppedWithItsReason() throws IOException {
    EntryName name = scene.put(EntryState.FAILED, Scene.name(1));
    acts.drop(Scene.SITE, name.value());
    assertEquals(0, scene.state.failed(Scene.SITE).toFile().list().length);
  }

  @Test
  void whatIsBeingDeployedIsNotDropped() throws IOException {
    EntryName name = scene.put(EntryState.ACTIVE, Scene.name(1));
    refused(Answer.Why.NOT_NOW, acts.drop(Scene.SITE, name.value()));
    assertEquals(List.of(name), scene.queue().active());
  }

  @Test
  void theQueueOfADeploymentThatWasTakenOutCanStillBeCleared() throws IOException {
    EntryName name = scene.put(EntryState.WAITING, Scene.name(1));
    scene.routes.clear();
    assertInstanceOf(Answer.Dropped.class, acts.drop(Scene.SITE, name.value()));
  }

  @Test
  void whatNobodyKnowsCannotBePausedResumedOrCancelled() throws IOException {
    refused(Answer.Why.UNKNOWN, acts.pause(NOBODY, Optional.empty()));
    refused(Answer.Why.UNKNOWN, acts.resume(NOBODY));
    refused(Answer.Why.UNKNOWN, acts.cancel(NOBODY, Optional.empty()));
    refused(Answer.Why.UNKNOWN, acts.retryAll(NOBODY));
    assertFalse(Files.exists(scene.state.queue(NOBODY)));
  }

  @Test
  void aReasonThatIsTooLongIsRefused() throws IOException {
    Optional<String> reason = Optional.of("x".repeat(Acts.REASON_LIMIT + 1));
    refused(Answer.Why.MALFORMED, acts.pause(Scene.SITE, reason));
    refused(Answer.Why.MALFORMED, acts.cancel(Scene.SITE, reason));
  }

  @Test
  void goingBackQueuesTheNewestCommitThatSucceededAndIsNotLive() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.release(2, ReleaseState.FAILED);
    scene.release(3, ReleaseState.SUCCEEDED);
    scene.release(3, ReleaseState.SUCCEEDED);
    scene.release(4, ReleaseState.FAILED);
    Answer.Queued queued = rolledBack(Optional.empty());
    assertEquals(Optional.of(Scene.commit(1)), commit(queued));
    assertEquals(Optional.of("rollback to release 1"), queued.note());
  }

  @Test
  void goingBackToAReleaseQueuesItsCommit() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    scene.release(2, ReleaseState.SUCCEEDED);
    scene.release(3, ReleaseState.SUCCEEDED);
    assertEquals(
        Optional.of(Scene.commit(1)), commit(rolledBack(Optional.of(new ReleaseNumber(1)))));
  }

  @Test
  void thereIsNoGoingBackToWhatFailedIsLiveOrNeverWas() throws Exception {
    refused(Answer.Why.NOT_NOW, acts.rollback(Scene.SITE, Optional.empty(), "ada"));
    scene.release(1, ReleaseState.FAILED);
    scene.release(2, ReleaseState.SUCCEEDED);
    refused(Answer.Why.NOT_NOW, rollback(1));
    refused(Answer.Why.NOT_NOW, rollback(2));
    refused(Answer.Why.UNKNOWN, rollback(3));
    refused(Answer.Why.NOT_NOW, acts.rollback(Scene.SITE, Optional.empty(), "ada"));
    refused(Answer.Why.UNKNOWN, acts.rollback(NOBODY, Optional.empty(), "ada"));
    assertFalse(Files.exists(scene.state.queue(Scene.SITE)));
  }

  @Test
  void aReleaseFarBackIsFoundToo() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    for (int i = 0; i < 250; i++) {
      scene.release(2, ReleaseState.FAILED);
    }
    scene.release(3, ReleaseState.SUCCEEDED);
    assertEquals(Optional.of(Scene.commit(1)), commit(rolledBack(Optional.empty())));
  }

  @Test
  void withoutTheRecordStoreThereIsNoGoingBack() {
    scene.ledger.unavailable(true);
    assertThrows(LedgerUnavailable.class, () -> acts.rollback(Scene.SITE, Optional.empty(), "ada"));
  }

  private Answer rollback(int release) throws Exception {
    return acts.rollback(Scene.SITE, Optional.of(new ReleaseNumber(release)), "ada");
  }

  private Answer.Queued rolledBack(Optional<ReleaseNumber> release) throws Exception {
    return assertInstanceOf(Answer.Queued.class, acts.rollback(Scene.SITE, release, "ada"));
  }

  private static Optional<CommitId> commit(Answer.Queued queued) {
    return queued.entry().content() instanceof QueueEntry.Content.Readable(Event event)
            && event.content() instanceof Push push
        ? push.commit()
        : Optional.empty();
  }

  private Path pauseFile() {
    return scene.state.queue(Scene.SITE).resolve(EntryName.PAUSED);
  }

  private static void refused(Answer.Why why, Answer answer) {
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, answer);
    assertEquals(why, refused.why(), refused.reason());
    assertTrue(refused.reason().length() > 10, "a sentence");
  }
}
