package dev.slipway.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is in hand or was decided is not brought back. */
class DecidedTest extends Lookout {
  @Test
  void aCommitWhoseReleaseFailedWasRolledBackOrCancelledDoesNotComeBack() throws Exception {
    for (ReleaseState state :
        List.of(ReleaseState.FAILED, ReleaseState.ROLLED_BACK, ReleaseState.CANCELLED)) {
      released(WEBSITE, repository.commit("page", state.word()), state);
      spool.clock().pass(EVERY);

      lookTwice();

      assertEquals(List.of(), waiting(), state.word());
    }
  }

  @Test
  void aSiteThatWasTakenBackByHandStaysThere() throws Exception {
    CommitId old = repository.commit("page", "1");
    released(WEBSITE, old, ReleaseState.SUCCEEDED);
    released(WEBSITE, repository.commit("page", "2"), ReleaseState.SUCCEEDED);
    released(WEBSITE, old, ReleaseState.SUCCEEDED);

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void aCommitWhoseEntryAnOperatorRemovedDoesNotComeBack() throws Exception {
    CommitId removed = missed();
    record("removed", Optional.of(WEBSITE), Optional.of(removed));

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void aCommitThatAnotherDeploymentHadIsStillMissedHere() throws Exception {
    CommitId missed = missed();
    record("elsewhere", Optional.of(DOCS), Optional.of(missed));
    record("nowhere", Optional.empty(), Optional.of(missed));

    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void anEntryOfItsOwnThatAnOperatorRemovedDoesNotComeBack() throws Exception {
    missed();
    lookTwice();
    EventId id = only().id();
    spool.rm("website/" + waiting().getFirst());
    // As the worker records it, who does not know the commit.
    record(id.value(), Optional.of(WEBSITE), Optional.empty());
    spool.clock().pass(EVERY);

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void anEntryOfItsOwnThatFailedBeforeItsCommitWasKnownDoesNotComeBack() throws Exception {
    missed();
    lookTwice();
    String name = waiting().getFirst().value();
    spool.queue().forget(waiting().getFirst());
    spool.mv("website/" + name, "website/failed/" + name);
    spool.clock().pass(EVERY);

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void aCommitThatFailedWithoutARecordDoesNotComeBack() throws Exception {
    CommitId failed = missed();
    spool.drop(
        "website/failed/1763706000123456789.json", push("f", MAIN.value(), Optional.of(failed)));

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void whatWaitsForTheDispatcherIsNotMissed() throws Exception {
    CommitId unrouted = missed();
    spool.drop(
        "dispatcher/1763706000123456789.json", push("u", MAIN.value(), Optional.of(unrouted)));

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void aPushOfTheSameCommitToAnotherBranchSaysNothing() throws Exception {
    CommitId unrouted = missed();
    spool.drop(
        "dispatcher/1763706000123456789.json",
        push("u", "refs/heads/other", Optional.of(unrouted)));

    lookTwice();

    assertEquals(1, waiting().size());
  }

  @Test
  void anOrderThatWillTakeTheBranchAsItIsCoversIt() throws Exception {
    missed();
    spool.drop(
        "website/active/1763706000123456789.json", push("order", MAIN.value(), Optional.empty()));

    lookTwice();

    assertEquals(List.of(), waiting());
  }

  @Test
  void whereMoreWaitsThanIsReadItIsLeftForLater() throws Exception {
    missed();
    for (int i = 0; i <= Traces.MOST; i++) {
      spool.drop(
          "dispatcher/%s".formatted(EntryName.at(1763706000123456789L + i)),
          SpoolFixture.push("e-" + i, "other"));
    }
    lookTwice();
    assertEquals(List.of(), waiting());

    spool.rm("dispatcher/" + EntryName.at(1763706000123456789L));
    spool.clock().pass(EVERY);
    lookTwice();

    assertEquals(1, waiting().size());
  }
}
