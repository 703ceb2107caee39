package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.dispatch.Route;
import dev.slipway.event.Source;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StandingTest {
  private static final Optional<Route> ENABLED = Optional.of(Scene.route(Scene.SITE, true));
  private static final Optional<Route> DISABLED = Optional.of(Scene.route(Scene.SITE, false));
  private static final Optional<QueueEntry> ACTIVE =
      Optional.of(
          new QueueEntry(
              new QueueEntry.Place(Optional.of(Scene.SITE), EntryState.ACTIVE, Scene.name(0)),
              new QueueEntry.Content.Unreadable("it is torn"),
              Optional.empty(),
              Optional.empty()));
  private static final Recorded NOTHING = new Recorded.Known(Optional.empty(), Optional.empty());

  @Test
  void aDeploymentWithNothingToDoIsIdle() {
    assertEquals(DeploymentState.IDLE, state(ENABLED, queue(0, Optional.empty(), 0, false)));
  }

  @Test
  void entriesThatWaitMakeItWaiting() {
    assertEquals(DeploymentState.WAITING, state(ENABLED, queue(1, Optional.empty(), 0, false)));
  }

  @Test
  void entriesThatFailedMatterMoreThanThoseThatWait() {
    assertEquals(DeploymentState.FAILED, state(ENABLED, queue(1, Optional.empty(), 1, false)));
  }

  @Test
  void aPauseMattersMoreThanEntriesThatFailed() {
    assertEquals(DeploymentState.PAUSED, state(ENABLED, queue(1, Optional.empty(), 1, true)));
  }

  @Test
  void aDisabledDeploymentIsDisabledWhateverWaits() {
    assertEquals(DeploymentState.DISABLED, state(DISABLED, queue(1, Optional.empty(), 1, true)));
  }

  @Test
  void whatRunsIsSaidBeforeAPause() {
    assertEquals(DeploymentState.RUNNING, state(ENABLED, queue(1, ACTIVE, 1, true)));
  }

  @Test
  void aQueueThatNobodyConfiguredIsOrphaned() {
    assertEquals(DeploymentState.ORPHANED, state(Optional.empty(), queue(1, ACTIVE, 1, true)));
  }

  @Test
  void theAgeCountsFromTheEndOfTheLastRelease() {
    assertEquals(
        Optional.of(Duration.ofSeconds(60)),
        recorded(release(Optional.of(Scene.NOW.minusSeconds(60)))).age());
  }

  @Test
  void theAgeOfAReleaseThatRunsCountsFromItsBegin() {
    assertEquals(Optional.of(Duration.ofSeconds(90)), recorded(release(Optional.empty())).age());
  }

  @Test
  void anAgeIsNeverNegativeThoughClocksDiffer() {
    assertEquals(
        Optional.of(Duration.ZERO), recorded(release(Optional.of(Scene.NOW.plusSeconds(5)))).age());
  }

  @Test
  void withoutAReleaseThereIsNoAge() {
    assertEquals(Optional.empty(), recorded(Optional.empty()).age());
  }

  @Test
  void aTryThatIsNotDueIsWaitedFor() {
    Instant due = Scene.NOW.plusSeconds(10);
    assertEquals(Optional.of("the next try at " + due), waitingFor(Optional.of(new Retry(1, due))));
  }

  @Test
  void itIsNamedToTheSecond() {
    Instant due = Scene.NOW.plusSeconds(10);
    assertEquals(
        Optional.of("the next try at " + due),
        waitingFor(Optional.of(new Retry(1, due.plusNanos(123_456_789)))));
  }

  @Test
  void aTryThatIsDueIsNotWaitedFor() {
    assertEquals(Optional.empty(), waitingFor(Optional.of(new Retry(1, Scene.NOW))));
  }

  @Test
  void whereNothingWaitsNothingIsWaitedFor() {
    QueueState paused = queue(0, Optional.empty(), 0, true);
    assertEquals(Optional.empty(), standing(ENABLED, paused, NOTHING).waitingFor());
  }

  @Test
  void aPauseIsWaitedFor() {
    QueueState paused = queue(1, Optional.empty(), 0, true);
    assertEquals(
        Optional.of("the deployment to be resumed"),
        standing(ENABLED, paused, NOTHING).waitingFor());
  }

  @Test
  void whatTheMachineLacksIsWaitedForBeforeTheNextTry() {
    Optional<String> room = Optional.of("free disk space: /srv has 3MiB left");
    Optional<Retry> retry = Optional.of(new Retry(1, Scene.NOW.plusSeconds(60)));
    QueueState queue = new QueueState(1, Optional.empty(), 0, Optional.empty(), retry, room);
    assertEquals(room, standing(ENABLED, queue, NOTHING).waitingFor());
    QueueState empty = new QueueState(0, Optional.empty(), 0, Optional.empty(), retry, room);
    assertEquals(Optional.empty(), standing(ENABLED, empty, NOTHING).waitingFor());
  }

  private static DeploymentState state(Optional<Route> route, QueueState queue) {
    return standing(route, queue, NOTHING).state();
  }

  private static Optional<String> waitingFor(Optional<Retry> retry) {
    QueueState queue =
        new QueueState(1, Optional.empty(), 0, Optional.empty(), retry, Optional.empty());
    return standing(ENABLED, queue, NOTHING).waitingFor();
  }

  private static QueueState queue(
      int waiting, Optional<QueueEntry> active, int failed, boolean paused) {
    return new QueueState(
        waiting,
        active,
        failed,
        paused ? Optional.of("why") : Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Standing recorded(Optional<Release> last) {
    return standing(
        ENABLED, queue(0, Optional.empty(), 0, false), new Recorded.Known(last, Optional.empty()));
  }

  private static Optional<Release> release(Optional<Instant> finished) {
    return Optional.of(
        new Release(
            Scene.SITE,
            new ReleaseNumber(1),
            Optional.of(Scene.commit(1)),
            Scene.MAIN,
            new EventId("delivery"),
            Source.WEBHOOK,
            "host",
            finished.isPresent() ? ReleaseState.SUCCEEDED : ReleaseState.RUNNING,
            Scene.NOW.minusSeconds(90),
            finished,
            Optional.empty()));
  }

  private static Standing standing(Optional<Route> route, QueueState queue, Recorded recorded) {
    return new Standing(Scene.SITE, route, queue, recorded, Scene.NOW);
  }
}
