package dev.slipway.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When it looks, what it queues, and whom trouble hinders. */
class ReconcilerTest extends Lookout {
  @Test
  void aPushThatWasMissedIsQueuedAtTheSecondLook() throws Exception {
    CommitId missed = missed();

    Duration rest = look();

    assertEquals(List.of(), waiting());
    assertEquals(Reconciler.CONFIRM, rest);
    spool.clock().pass(rest);
    assertEquals(EVERY, look());
    Event event = only();
    assertEquals(new EventId("reconcile-website-" + missed.value().substring(0, 12)), event.id());
    assertEquals(Source.RECONCILE, event.source());
    assertEquals(spool.clock().instant(), event.receivedAt());
    assertEquals(
        new Push(
            NAME,
            MAIN,
            Push.Change.MOVED,
            Optional.empty(),
            Optional.empty(),
            Optional.of("the push of " + missed + " was missed")),
        event.content());
    assertTrue(spool.queue().isPending(event.id()), "it counts as waiting");
  }

  @Test
  void whatIsQueuedIsNotQueuedAgainNeitherLaterNorByTheNextDaemon() throws Exception {
    missed();
    lookTwice();
    spool.clock().pass(EVERY);
    lookTwice();
    restart();
    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void itGetsANameBehindAllThatWait() throws Exception {
    missed();
    spool.forward("9000000000000000000.json", "far-ahead");
    spool.forward("1763706000123456789.json", "earlier");
    spool.command().pause("so that all of it waits");

    lookTwice();

    assertEquals("1763706000123456789.json", waiting().getFirst().value());
    assertTrue(waiting().get(1).compareTo(waiting().getFirst()) > 0);
    assertEquals(3, waiting().size());
  }

  @Test
  void aSecondLookComesNoSoonerThanAWebhookMayTake() throws Exception {
    missed();
    look();
    int before = asked;

    spool.clock().pass(Reconciler.CONFIRM.minusMillis(1));

    assertEquals(Duration.ofMillis(1), look());
    assertEquals(before, asked);
    assertEquals(List.of(), waiting());
  }

  @Test
  void whereLooksAreCloseTheSecondIsTheNext() throws Exception {
    every = Optional.of(Duration.ofSeconds(1));
    missed();

    assertEquals(Duration.ofSeconds(1), look());
    spool.clock().pass(Duration.ofSeconds(1));
    look();

    assertEquals(1, waiting().size());
  }

  @Test
  void theWebhookThatArrivesBetweenTwoLooksIsLeftToItself() throws Exception {
    CommitId late = missed();
    look();
    spool.drop("website/1763706000123456789.json", push("late", MAIN.value(), Optional.of(late)));
    spool.clock().pass(Reconciler.CONFIRM);

    look();

    assertEquals(1, waiting().size());
  }

  @Test
  void aBranchThatMovesBetweenTwoLooksIsLookedAtOnceMore() throws Exception {
    missed();
    look();
    repository.commit("page", "3");
    spool.clock().pass(Reconciler.CONFIRM);

    assertEquals(Reconciler.CONFIRM, look());
    assertEquals(List.of(), waiting());
    spool.clock().pass(Reconciler.CONFIRM);
    look();

    assertEquals(1, waiting().size());
  }

  @Test
  void aDeploymentWithoutAReleaseIsNotEvenAskedFor() throws Exception {
    repository.commit("page", "1");

    lookTwice();

    assertEquals(0, asked);
    assertEquals(List.of(), waiting());
  }

  @Test
  void aDeploymentWhoseFirstReleaseFailedIsLookedAfter() throws Exception {
    released(WEBSITE, repository.commit("page", "1"), ReleaseState.FAILED);
    repository.commit("page", "2");

    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void aBranchThatWasDeletedIsNoTrouble() throws Exception {
    missed();
    repository.branch("other");
    repository.git("branch", "-q", "-D", "main");

    assertEquals(EVERY, look());
    assertEquals(List.of(), waiting());
  }

  @Test
  void aRepositoryThatDoesNotAnswerHindersNoOther() throws Exception {
    followed.addFirst(new Followed(DOCS, origin("file://" + folder.resolve("nowhere")), MAIN));
    released(DOCS, new CommitId("d".repeat(40)), ReleaseState.SUCCEEDED);
    missed();

    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void aLookWithoutAnAnswerForgetsNoSuspect() throws Exception {
    missed();
    look();
    Path away = folder.resolve("away");
    Files.move(repository.directory(), away);
    spool.clock().pass(Reconciler.CONFIRM);
    assertEquals(EVERY, look());
    assertEquals(List.of(), waiting());

    Files.move(away, repository.directory());
    spool.clock().pass(EVERY);
    look();

    assertEquals(1, waiting().size());
  }

  @Test
  void whereTheFilesOfOneDeploymentCannotBeReadTheOthersAreLookedAt() throws Exception {
    followed.addFirst(new Followed(DOCS, origin(repository.url()), MAIN));
    released(DOCS, new CommitId("d".repeat(40)), ReleaseState.SUCCEEDED);
    Files.createDirectories(spool.state().queues());
    Files.writeString(spool.state().queue(DOCS), "a file in the queue's place");
    missed();

    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void whileTheRecordStoreIsAwayNoRepositoryIsAsked() throws Exception {
    missed();
    ledger.unavailable(true);
    assertThrows(LedgerUnavailable.class, this::look);
    assertEquals(0, asked);

    ledger.unavailable(false);
    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void switchedOffItLooksAtNothingAndSwitchedOnAtOnce() throws Exception {
    missed();
    every = Optional.empty();
    assertEquals(Duration.ofMinutes(1), look());
    assertEquals(0, asked);

    every = Optional.of(EVERY);
    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void whatIsNoLongerFollowedIsForgotten() throws Exception {
    missed();
    look();
    Followed website = followed.removeFirst();
    assertEquals(Duration.ofMinutes(1), look());
    followed.add(website);
    spool.clock().pass(Reconciler.CONFIRM);

    look();

    assertEquals(List.of(), waiting());
  }

  @Test
  void theIdOfALongNameIsAnEventsIdAndTheSameOnEveryHost() {
    CommitId commit = new CommitId("0f3c1b2a4d5e6f708192a3b4c5d6e7f8091a2b3c");
    Followed longest = new Followed(new Slug("s".repeat(63)), origin("file:///x"), MAIN);

    EventId id = new MissedPush(longest, commit).id();

    assertEquals(64, id.value().length());
    assertEquals("reconcile-" + "s".repeat(41) + "-0f3c1b2a4d5e", id.value());
  }
}
