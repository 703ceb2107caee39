package dev.slipway.ledger;

import static dev.slipway.ledger.LedgerContract.API;
import static dev.slipway.ledger.LedgerContract.MAIN;
import static dev.slipway.ledger.LedgerContract.NOON_IN_MILLIS;
import static dev.slipway.ledger.LedgerContract.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Source;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Attic} promises; run on the one in memory and on both databases. */
abstract class AtticContract {
  /** Nobody runs out of this. */
  private static final int MANY = 1_000;

  /** The ledger that the attic belongs to, empty. */
  abstract Ledger ledger();

  abstract Attic attic();

  private static Instant day(int number) {
    return NOON_IN_MILLIS.plus(Duration.ofDays(number));
  }

  /** One event on each of these days, whose number is its id. */
  private void recorded(Optional<Slug> deployment, int... days) throws LedgerUnavailable {
    for (int day : days) {
      ledger()
          .record(
              List.of(
                  new ProcessedEvent(
                      id(deployment, day),
                      deployment,
                      "ignored",
                      EntryName.at(day),
                      day(day),
                      "because",
                      Optional.empty())));
    }
  }

  private static EventId id(Optional<Slug> deployment, int day) {
    return new EventId(deployment.map(Slug::value).orElse("nobody") + "-" + day);
  }

  private List<Integer> left(Optional<Slug> deployment) throws LedgerUnavailable {
    List<Integer> left = new ArrayList<>();
    for (int day = 0; day < 20; day++) {
      if (!ledger().processed(List.of(id(deployment, day))).isEmpty()) {
        left.add(day);
      }
    }
    return left;
  }

  private ReleaseNumber opened(Slug deployment, int day) throws LedgerUnavailable {
    return ledger()
        .open(
            new Release.Opening(
                deployment,
                Optional.empty(),
                MAIN,
                new EventId("e" + day),
                Source.WEBHOOK,
                "host-a",
                day(day)));
  }

  /** One release a day, from day 1 on, so that a day's number is the release's. */
  private void released(Slug deployment, ReleaseState... states) throws LedgerUnavailable {
    for (ReleaseState state : states) {
      int day = ledger().releases(deployment, Optional.empty(), MANY).size() + 1;
      ReleaseNumber number = opened(deployment, day);
      ledger()
          .end(
              new Release.Ending(
                  deployment, number, Optional.empty(), state, day(day), "it ended"));
    }
  }

  private List<Integer> releases(Slug deployment) throws LedgerUnavailable {
    return ledger().releases(deployment, Optional.empty(), MANY).reversed().stream()
        .map(release -> release.version().value())
        .toList();
  }

  private int forget(Slug deployment, int below, int day, int succeeded) throws LedgerUnavailable {
    return attic().forgetReleases(deployment, new ReleaseNumber(below), day(day), succeeded, MANY);
  }

  @Test
  void inAnEmptyStoreThereIsNothingToForget() throws Exception {
    assertEquals(0, attic().forgetEvents(day(100), 1, MANY));
    assertEquals(0, forget(WEBSITE, 100, 100, 1));
  }

  @Test
  void eventsAreForgottenByTheirAge() throws Exception {
    recorded(Optional.of(WEBSITE), 1, 2, 3, 4, 5);

    assertEquals(2, attic().forgetEvents(day(3), 1, MANY));

    assertEquals(List.of(3, 4, 5), left(Optional.of(WEBSITE)));
  }

  @Test
  void theNewestEventsOfEachDeploymentStayHoweverOldTheyAre() throws Exception {
    recorded(Optional.of(WEBSITE), 1, 2, 3, 4);
    recorded(Optional.of(API), 1, 2);
    recorded(Optional.empty(), 1, 2, 3);

    assertEquals(3, attic().forgetEvents(day(100), 2, MANY));

    assertEquals(List.of(3, 4), left(Optional.of(WEBSITE)));
    assertEquals(List.of(1, 2), left(Optional.of(API)));
    assertEquals(List.of(2, 3), left(Optional.empty()));
  }

  @Test
  void whoHasFewerThanAreKeptLosesNone() throws Exception {
    recorded(Optional.of(WEBSITE), 1, 2, 3);

    assertEquals(0, attic().forgetEvents(day(100), 4, MANY));
  }

  @Test
  void theSameEventOfAnotherDeploymentStays() throws Exception {
    EventId id = new EventId("shared");
    for (Slug slug : List.of(WEBSITE, API)) {
      int day = slug.equals(WEBSITE) ? 1 : 9;
      ledger()
          .record(
              List.of(
                  new ProcessedEvent(
                      id,
                      Optional.of(slug),
                      "ignored",
                      EntryName.at(day),
                      day(day),
                      "because",
                      Optional.empty())));
    }
    recorded(Optional.of(WEBSITE), 2);

    assertEquals(1, attic().forgetEvents(day(5), 1, MANY));

    assertEquals(
        List.of(Optional.of(API)),
        ledger().processed(List.of(id)).stream().map(ProcessedEvent::deployment).toList());
  }

  @Test
  void manyEventsAreForgottenAFewAtATimeTheOldestFirst() throws Exception {
    recorded(Optional.of(WEBSITE), 1, 2, 3, 4, 5, 6);

    assertEquals(2, attic().forgetEvents(day(100), 1, 2));
    assertEquals(List.of(3, 4, 5, 6), left(Optional.of(WEBSITE)));

    assertEquals(2, attic().forgetEvents(day(100), 1, 2));
    assertEquals(1, attic().forgetEvents(day(100), 1, 2));
    assertEquals(0, attic().forgetEvents(day(100), 1, 2));
    assertEquals(List.of(6), left(Optional.of(WEBSITE)));
  }

  @Test
  void releasesAreForgottenByTheirNumberAndAge() throws Exception {
    ReleaseState failed = ReleaseState.FAILED;
    released(WEBSITE, failed, failed, failed, failed, failed);
    released(API, failed, failed);

    assertEquals(2, forget(WEBSITE, 3, 100, 1));
    assertEquals(List.of(3, 4, 5), releases(WEBSITE));

    assertEquals(1, forget(WEBSITE, 100, 4, 1));
    assertEquals(List.of(4, 5), releases(WEBSITE));
    assertEquals(List.of(1, 2), releases(API));
  }

  @Test
  void theNewestReleaseStaysSoThatNoNumberIsGivenTwice() throws Exception {
    released(WEBSITE, ReleaseState.FAILED, ReleaseState.FAILED, ReleaseState.FAILED);

    assertEquals(2, forget(WEBSITE, 100, 100, 1));

    assertEquals(List.of(3), releases(WEBSITE));
    assertEquals(new ReleaseNumber(4), opened(WEBSITE, 4));
  }

  @Test
  void theNewestThatSucceededStay() throws Exception {
    ReleaseState good = ReleaseState.SUCCEEDED;
    ReleaseState bad = ReleaseState.FAILED;
    released(WEBSITE, good, good, bad, good, bad, bad);

    assertEquals(3, forget(WEBSITE, 100, 100, 2));

    assertEquals(List.of(2, 4, 6), releases(WEBSITE));
    assertEquals(4, ledger().live(WEBSITE).orElseThrow().version().value());
  }

  @Test
  void whatRunsStays() throws Exception {
    opened(WEBSITE, 1);
    released(WEBSITE, ReleaseState.FAILED, ReleaseState.FAILED);

    assertEquals(1, forget(WEBSITE, 100, 100, 1));

    assertEquals(List.of(1, 3), releases(WEBSITE));
  }

  @Test
  void manyReleasesAreForgottenAFewAtATime() throws Exception {
    ReleaseState good = ReleaseState.SUCCEEDED;
    ReleaseState bad = ReleaseState.FAILED;
    released(WEBSITE, good, bad, bad, bad, bad, bad, bad);
    int rounds = 0;

    while (attic().forgetReleases(WEBSITE, new ReleaseNumber(100), day(100), 1, 2) > 0) {
      rounds++;
    }

    assertTrue(rounds >= 2, () -> "each round took a few only");
    assertEquals(List.of(1, 7), releases(WEBSITE));
  }
}
