package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Source;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Ledger} promises; run on the one in memory and on both databases. */
abstract class LedgerContract {
  static final Slug WEBSITE = new Slug("website");
  static final Slug API = new Slug("api");
  static final GitRef MAIN = GitRef.ofBranch("main");
  static final CommitId ONE = new CommitId("1".repeat(40));
  static final CommitId TWO = new CommitId("2".repeat(40));
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");
  static final Instant NOON_IN_MILLIS = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final int RACERS = 8;

  /** The ledger under test, empty. */
  abstract Ledger ledger();

  /**
   * Another view of the same store, as a second host has it; the same object where there is none.
   */
  abstract Ledger ofAnotherHost();

  static ProcessedEvent event(String id, Optional<Slug> deployment, String outcome) {
    return new ProcessedEvent(
        new EventId(id),
        deployment,
        outcome,
        EntryName.at(1763706000123456789L),
        NOON,
        "because",
        Optional.of(ONE));
  }

  static Release.Opening opening(Slug deployment, String event) {
    return new Release.Opening(
        deployment, Optional.of(ONE), MAIN, new EventId(event), Source.WEBHOOK, "host-a", NOON);
  }

  static Release.Ending ending(Slug deployment, ReleaseNumber version, ReleaseState state) {
    return new Release.Ending(
        deployment, version, Optional.empty(), state, NOON.plusSeconds(5), "all went well");
  }

  private static ReleaseNumber number(int value) {
    return new ReleaseNumber(value);
  }

  private ReleaseNumber opened(Slug deployment, String event) throws LedgerUnavailable {
    return ledger().open(opening(deployment, event));
  }

  private ReleaseNumber ended(Slug deployment, String event, ReleaseState state)
      throws LedgerUnavailable {
    ReleaseNumber version = opened(deployment, event);
    ledger().end(ending(deployment, version, state));
    return version;
  }

  @Test
  void anEmptyLedgerAnswersWithNothing() throws Exception {
    assertEquals(List.of(), ledger().processed(List.of(new EventId("e1"))));
    assertEquals(List.of(), ledger().processed(List.of()));
    assertEquals(List.of(), ledger().releases(WEBSITE, Optional.empty(), 10));
    assertEquals(Optional.empty(), ledger().release(WEBSITE, number(1)));
    assertEquals(Optional.empty(), ledger().live(WEBSITE));
    assertEquals(List.of(), ledger().running("host-a"));
    assertEquals(List.of(), ledger().newest());
  }

  @Test
  void aProcessedEventIsReadBackAsItWasRecordedToTheMillisecond() throws Exception {
    ledger().record(List.of(event("e1", Optional.of(WEBSITE), "ignored")));

    ProcessedEvent found = ledger().processed(List.of(new EventId("e1"))).getFirst();

    assertEquals(event("e1", Optional.of(WEBSITE), "ignored"), found);
    assertEquals(NOON_IN_MILLIS, found.processedAt());
  }

  @Test
  void anEventThatNoDeploymentTookStandsForItself() throws Exception {
    ledger().record(List.of(event("e1", Optional.empty(), "void")));

    assertEquals(
        List.of(event("e1", Optional.empty(), "void")),
        ledger().processed(List.of(new EventId("e1"))));
  }

  @Test
  void theFirstRecordOfAnEventStands() throws Exception {
    ledger().record(List.of(event("e1", Optional.of(WEBSITE), "superseded")));

    ledger()
        .record(
            List.of(
                event("e1", Optional.of(WEBSITE), "ignored"),
                event("e1", Optional.of(API), "ignored")));

    List<String> outcomes =
        ledger().processed(List.of(new EventId("e1"))).stream()
            .map(found -> found.place() + " " + found.outcome())
            .sorted()
            .toList();
    assertEquals(List.of("api ignored", "website superseded"), outcomes);
  }

  @Test
  void theSameEventTwiceInOneRecordCountsOnce() throws Exception {
    ledger()
        .record(
            List.of(event("e1", Optional.empty(), "ping"), event("e1", Optional.empty(), "ping")));

    assertEquals(1, ledger().processed(List.of(new EventId("e1"))).size());
  }

  @Test
  void onlyTheEventsAskedForAreFoundHoweverManyTheyAre() throws Exception {
    List<ProcessedEvent> many =
        IntStream.range(0, 1200)
            .mapToObj(i -> event("e" + i, Optional.of(WEBSITE), "ignored"))
            .toList();
    ledger().record(many);

    List<EventId> wanted = many.stream().skip(1).map(ProcessedEvent::id).toList();

    assertEquals(1199, ledger().processed(wanted).size());
    assertEquals(1, ledger().processed(List.of(new EventId("e0"), new EventId("e0"))).size());
  }

  @Test
  void aReasonIsKeptWhateverCharactersItHolds() throws Exception {
    String odd = "it's \"odd\"; drop table --\n\t\u0001 ünïcödé 😀 \\";
    ledger()
        .record(
            List.of(
                new ProcessedEvent(
                    new EventId("e1"),
                    Optional.of(WEBSITE),
                    "ignored",
                    new EntryName("by hand 'ö'.json"),
                    NOON,
                    odd + "\0",
                    Optional.empty())));

    ProcessedEvent found = ledger().processed(List.of(new EventId("e1"))).getFirst();

    assertEquals(odd + "\ufffd", found.reason());
    assertEquals("by hand 'ö'.json", found.entry().value());
  }

  @Test
  void anEndlessReasonIsCut() throws Exception {
    ReleaseNumber version = opened(WEBSITE, "e1");
    ledger()
        .end(
            new Release.Ending(
                WEBSITE,
                version,
                Optional.empty(),
                ReleaseState.FAILED,
                NOON,
                "😀".repeat(100_000)));

    String reason = ledger().release(WEBSITE, version).orElseThrow().reason().orElseThrow();

    assertTrue(reason.length() <= Reason.LIMIT && reason.endsWith("😀…"), reason);
  }

  @Test
  void anOpenedReleaseRunsUnderTheNextNumber() throws Exception {
    assertEquals(number(1), opened(WEBSITE, "e1"));
    assertEquals(number(2), opened(WEBSITE, "e2"));
    assertEquals(number(1), opened(API, "e1"));

    Release first = ledger().release(WEBSITE, number(1)).orElseThrow();
    assertEquals(
        new Release(
            WEBSITE,
            number(1),
            Optional.of(ONE),
            MAIN,
            new EventId("e1"),
            Source.WEBHOOK,
            "host-a",
            ReleaseState.RUNNING,
            NOON_IN_MILLIS,
            Optional.empty(),
            Optional.empty()),
        first);
  }

  @Test
  void anEndedReleaseSaysHowAndWhen() throws Exception {
    ReleaseNumber version = ended(WEBSITE, "e1", ReleaseState.ROLLED_BACK);

    Release release = ledger().release(WEBSITE, version).orElseThrow();

    assertEquals(ReleaseState.ROLLED_BACK, release.state());
    assertEquals(Optional.of(NOON_IN_MILLIS.plusSeconds(5)), release.finishedAt());
    assertEquals(Optional.of("all went well"), release.reason());
    assertEquals(Optional.of(ONE), release.commit());
  }

  @Test
  void theCommitThatTheEndKnowsTakesThePlaceOfTheFirst() throws Exception {
    ReleaseNumber version = opened(WEBSITE, "e1");
    ledger()
        .end(
            new Release.Ending(
                WEBSITE, version, Optional.of(TWO), ReleaseState.SUCCEEDED, NOON, "done"));

    assertEquals(Optional.of(TWO), ledger().release(WEBSITE, version).orElseThrow().commit());
  }

  @Test
  void aReleaseEndsOnce() throws Exception {
    ReleaseNumber version = ended(WEBSITE, "e1", ReleaseState.INTERRUPTED);

    ledger().end(ending(WEBSITE, version, ReleaseState.SUCCEEDED));

    assertEquals(
        ReleaseState.INTERRUPTED, ledger().release(WEBSITE, version).orElseThrow().state());
  }

  @Test
  void endingAnUnknownReleaseChangesNothing() throws Exception {
    ledger().end(ending(WEBSITE, number(7), ReleaseState.SUCCEEDED));

    assertEquals(List.of(), ledger().releases(WEBSITE, Optional.empty(), 10));
  }

  @Test
  void aReleaseAndItsEventEndTogether() throws Exception {
    ReleaseNumber version = opened(WEBSITE, "e1");

    boolean first =
        ledger()
            .end(
                ending(WEBSITE, version, ReleaseState.SUCCEEDED),
                event("e1", Optional.of(WEBSITE), "deployed"));

    assertTrue(first);
    assertEquals(ReleaseState.SUCCEEDED, ledger().release(WEBSITE, version).orElseThrow().state());
    assertEquals(1, ledger().processed(List.of(new EventId("e1"))).size());
  }

  @Test
  void aReleaseEndsThoughItsEventWasRecordedBefore() throws Exception {
    ledger().record(List.of(event("e1", Optional.of(WEBSITE), "cancelled")));
    ReleaseNumber version = opened(WEBSITE, "e1");

    boolean first =
        ledger()
            .end(
                ending(WEBSITE, version, ReleaseState.SUCCEEDED),
                event("e1", Optional.of(WEBSITE), "deployed"));

    assertFalse(first);
    assertEquals(ReleaseState.SUCCEEDED, ledger().release(WEBSITE, version).orElseThrow().state());
    assertEquals("cancelled", ledger().processed(List.of(new EventId("e1"))).getFirst().outcome());
  }

  @Test
  void releasesAreReadInPagesNewestFirst() throws Exception {
    for (int i = 1; i <= 5; i++) {
      ended(WEBSITE, "e" + i, ReleaseState.SUCCEEDED);
    }
    ended(API, "e1", ReleaseState.SUCCEEDED);

    assertEquals(List.of(5, 4), versions(ledger().releases(WEBSITE, Optional.empty(), 2)));
    assertEquals(List.of(3, 2), versions(ledger().releases(WEBSITE, Optional.of(number(4)), 2)));
    assertEquals(List.of(1), versions(ledger().releases(WEBSITE, Optional.of(number(2)), 2)));
    assertEquals(List.of(), versions(ledger().releases(WEBSITE, Optional.of(number(1)), 2)));
  }

  @Test
  void theReleasesOfOneEventAreItsAttempts() throws Exception {
    ended(WEBSITE, "e1", ReleaseState.FAILED);
    ended(WEBSITE, "e2", ReleaseState.SUCCEEDED);
    ended(WEBSITE, "e1", ReleaseState.SUCCEEDED);
    ended(API, "e1", ReleaseState.SUCCEEDED);

    assertEquals(List.of(3, 1), versions(ledger().releasesOf(new EventId("e1"), WEBSITE)));
  }

  @Test
  void liveIsTheNewestThatSucceeded() throws Exception {
    ended(WEBSITE, "e1", ReleaseState.SUCCEEDED);
    ended(WEBSITE, "e2", ReleaseState.SUCCEEDED);
    ended(WEBSITE, "e3", ReleaseState.ROLLED_BACK);
    opened(WEBSITE, "e4");
    ended(API, "e5", ReleaseState.FAILED);

    assertEquals(number(2), ledger().live(WEBSITE).orElseThrow().version());
    assertEquals(Optional.empty(), ledger().live(API));
  }

  @Test
  void whatRunsIsFoundByItsHost() throws Exception {
    ended(WEBSITE, "e1", ReleaseState.SUCCEEDED);
    opened(WEBSITE, "e2");
    opened(API, "e2");
    ledger()
        .open(
            new Release.Opening(
                WEBSITE,
                Optional.empty(),
                MAIN,
                new EventId("e3"),
                Source.RECONCILE,
                "host-b",
                NOON));

    assertEquals(
        List.of("api 1", "website 2"),
        ledger().running("host-a").stream()
            .map(release -> release.deployment() + " " + release.version())
            .toList());
    Release elsewhere = ledger().running("host-b").getFirst();
    assertEquals(Optional.empty(), elsewhere.commit());
    assertEquals(Source.RECONCILE, elsewhere.trigger());
  }

  @Test
  void aCommitIsKnownToTheDeploymentWhoseEventItWasWhateverBecameOfIt() throws Exception {
    assertFalse(ledger().knows(WEBSITE, ONE));

    ledger().record(List.of(event("e1", Optional.of(WEBSITE), "cancelled")));

    assertTrue(ledger().knows(WEBSITE, ONE));
    assertFalse(ledger().knows(WEBSITE, TWO));
    assertFalse(ledger().knows(API, ONE));
  }

  @Test
  void aCommitIsKnownByItsReleaseAlsoByTheOneThatTheEndKnows() throws Exception {
    ReleaseNumber version = opened(WEBSITE, "e1");
    assertTrue(ledger().knows(WEBSITE, ONE));
    ledger()
        .end(
            new Release.Ending(
                WEBSITE, version, Optional.of(TWO), ReleaseState.FAILED, NOON, "broken"));

    assertTrue(ledger().knows(WEBSITE, TWO));
    assertFalse(ledger().knows(API, TWO));
  }

  @Test
  void whatNoDeploymentTookMakesItsCommitKnownToNone() throws Exception {
    ledger().record(List.of(event("e1", Optional.empty(), "void")));

    assertFalse(ledger().knows(WEBSITE, ONE));
  }

  @Test
  void theNewestReleaseOfEachDeploymentIsFound() throws Exception {
    ended(WEBSITE, "e1", ReleaseState.SUCCEEDED);
    opened(WEBSITE, "e2");
    ended(API, "e1", ReleaseState.FAILED);

    assertEquals(
        List.of("api 1 failed", "website 2 running"),
        ledger().newest().stream()
            .map(release ->
                release.deployment() + " " + release.version() + " " + release.state().word())
            .toList());
  }

  @Test
  void oneOfManyWhoEndTheSameEventIsTheFirst() throws Exception {
    List<ReleaseNumber> versions = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      versions.add(opened(WEBSITE, "e1"));
    }

    List<Boolean> firsts =
        race((host, racer) ->
            host.end(
                ending(WEBSITE, versions.get(racer), ReleaseState.SUCCEEDED),
                event("e1", Optional.of(WEBSITE), "deployed")));

    assertEquals(1, firsts.stream().filter(first -> first).count());
    assertEquals(List.of(), ledger().running("host-a"));
  }

  @Test
  void manyWhoOpenReleasesGetConsecutiveNumbers() throws Exception {
    List<ReleaseNumber> numbers = race((host, racer) -> host.open(opening(WEBSITE, "e" + racer)));

    assertEquals(
        IntStream.rangeClosed(1, RACERS).boxed().toList(),
        numbers.stream().map(ReleaseNumber::value).sorted().toList());
  }

  @Test
  void manyWhoRecordTheSameEventsInAnyOrderAllReturn() throws Exception {
    List<ProcessedEvent> events =
        IntStream.range(0, 50)
            .mapToObj(i -> event("e" + i, Optional.of(WEBSITE), "ignored"))
            .toList();

    race((host, racer) -> {
      host.record(racer % 2 == 0 ? events : events.reversed());
      return true;
    });

    assertEquals(50, ledger().processed(events.stream().map(ProcessedEvent::id).toList()).size());
  }

  private interface Racer<T> {
    T run(Ledger host, int racer) throws Exception;
  }

  /** Has all racers do the same at once, half of them on another host. */
  private <T> List<T> race(Racer<T> racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    List<Callable<T>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      int number = i;
      Ledger host = i % 2 == 0 ? ledger() : ofAnotherHost();
      racers.add(() -> {
        start.await();
        return racer.run(host, number);
      });
    }
    List<T> results = new ArrayList<>();
    // Not virtual ones: SQLite waits for its writer inside the thread's carrier.
    try (var threads = Executors.newCachedThreadPool()) {
      for (Future<T> result : threads.invokeAll(racers)) {
        results.add(result.get());
      }
    }
    return results;
  }

  private static List<Integer> versions(List<Release> releases) {
    return releases.stream().map(release -> release.version().value()).toList();
  }
}
