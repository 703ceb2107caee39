package dev.slipway.github;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.event.Source;
import dev.slipway.github.FakeGitHub.Refusal;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for, and how often, of a server that answers as GitHub does. */
@Timeout(60)
class RedeliveryTest {
  private static final Slug WEBSITE = SpoolFixture.WEBSITE;
  private static final String NAME = "example/website";
  private static final String HOOKS = "/repos/" + NAME + "/hooks";
  private static final String URL = "https://deploy.example.org/github-webhook";
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final long HOOK = 7;

  @TempDir private Path folder;

  private final MemoryLedger ledger = new MemoryLedger();
  private final Map<RepositoryName, List<Slug>> repositories = new LinkedHashMap<>();
  private SpoolFixture spool;
  private FakeGitHub github;
  private Redelivery redelivery;
  private Optional<URI> origin = Optional.of(URI.create("https://deploy.example.org"));
  private Optional<URI> api = Optional.empty();
  private boolean off;

  @BeforeEach
  void begin() throws Exception {
    spool = new SpoolFixture(folder).prepared();
    github = FakeGitHub.start();
    github.hook(NAME, 4, "https://ci.example.org/");
    github.hook(NAME, 5, "https://elsewhere.example.org/github-webhook");
    github.hook(NAME, 6, "https://deploy.example.org/other");
    github.hook(NAME, HOOK, URL);
    repositories.put(new RepositoryName(NAME), List.of(WEBSITE));
    restart();
  }

  @AfterEach
  void end() {
    github.close();
  }

  private void restart() {
    spool.restart();
    redelivery =
        new Redelivery(
            spool.spool(),
            ledger,
            spool.clock(),
            () ->
                off
                    ? Optional.empty()
                    : Optional.of(
                        new Redelivery.Terms(
                            new Account(api.orElse(github.api()), new Secret(FakeGitHub.TOKEN)),
                            origin,
                            repositories,
                            EVERY)));
  }

  private Instant ago(Duration time) {
    return spool.clock().instant().minus(time);
  }

  private void failed(long id, String guid) {
    github.delivery(HOOK, id, guid, ago(Duration.ofHours(1)).plusSeconds(id), 0);
  }

  private Duration look() throws Exception {
    return redelivery.step();
  }

  @Test
  void whatFailedIsAskedForOnceOldestFirst() throws Exception {
    failed(1, "a");
    failed(2, "b");
    failed(3, "c");

    assertEquals(EVERY, look());

    assertEquals(List.of(1L, 2L, 3L), github.asked());
    look();
    restart();
    look();
    assertEquals(List.of(1L, 2L, 3L), github.asked(), "once each, also by the next daemon");
  }

  @Test
  void whatArrivedByALaterAttemptIsNotAskedFor() throws Exception {
    failed(1, "a");
    github.delivery(HOOK, 2, "a", ago(Duration.ofMinutes(1)), 202);
    github.delivery(HOOK, 3, "b", ago(Duration.ofMinutes(1)), 503);
    github.delivery(HOOK, 4, "b", ago(Duration.ZERO), 502);

    look();

    assertEquals(List.of(4L), github.asked(), "of several attempts the last");
  }

  @Test
  void whatIsOlderThanThreeDaysIsLeftAndNoFurtherPageIsRead() throws Exception {
    for (long id = 1; id <= 6; id++) {
      github.delivery(HOOK, id, "old-" + id, ago(Duration.ofDays(4)), 0);
    }
    failed(7, "young");

    look();

    assertEquals(List.of(7L), github.asked());
    assertEquals(1, github.calls().stream().filter(call -> call.endsWith("/deliveries")).count());
  }

  @Test
  void whatIsKnownHereIsNotAskedFor() throws Exception {
    failed(1, "recorded");
    failed(2, "waiting");
    failed(3, "failed");
    failed(4, "unknown");
    ledger.record(
        List.of(
            new ProcessedEvent(
                new EventId("recorded"),
                Optional.empty(),
                "void",
                EntryName.at(1),
                spool.clock().instant(),
                "nobody follows it",
                Optional.empty())));
    spool.forward("1763706000123456789.json", "waiting");
    var _ =
        ledger.open(
            new Release.Opening(
                WEBSITE,
                Optional.empty(),
                GitRef.ofBranch("main"),
                new EventId("failed"),
                Source.WEBHOOK,
                "host",
                spool.clock().instant()));

    look();

    assertEquals(List.of(4L), github.asked());
  }

  @Test
  void noMoreThanSomeAreAskedForAtOnce() throws Exception {
    int all = Redelivery.MOST_AT_ONCE + 3;
    for (long id = 1; id <= all; id++) {
      failed(id, "a" + id);
    }

    look();
    assertEquals(
        LongStream.rangeClosed(1, Redelivery.MOST_AT_ONCE).boxed().toList(), github.asked());
    look();

    assertEquals(LongStream.rangeClosed(1, all).boxed().toList(), github.asked());
  }

  @Test
  void aRequestThatGitHubDidNotTakeIsMadeAgain() throws Exception {
    failed(1, "a");
    github.refuse(HOOKS + "/7/deliveries/1/attempts", new Refusal(500, Map.of(), ""));
    look();
    assertEquals(List.of(1L), github.asked());

    github.refuseNoMore();
    look();

    assertEquals(List.of(1L, 1L), github.asked());
  }

  @Test
  void whatWasAskedForIsForgottenWhenGitHubHasForgottenItToo() throws Exception {
    failed(1, "a");
    look();
    assertEquals(1, spool.tree("redelivered").size());

    spool.clock().pass(Requests.AGE.plusSeconds(1));
    look();

    assertEquals(List.of(), spool.tree("redelivered"));
    assertEquals(List.of(1L), github.asked());
  }

  @Test
  void aRestIsTakenAsLongAsGitHubWants() throws Exception {
    repositories.put(new RepositoryName("example/zoo"), List.of());
    github.refuse("/repos/", new Refusal(403, Map.of("Retry-After", "900"), "{}"));
    assertEquals(Duration.ofMinutes(15), look());
    assertEquals(1, github.calls().size(), "nobody else's webhooks are asked about either");

    github.refuse(
        "/repos/",
        new Refusal(
            403,
            Map.of(
                "X-RateLimit-Remaining",
                "0",
                "X-RateLimit-Reset",
                Long.toString(spool.clock().instant().getEpochSecond() + 1200)),
            "{}"));
    assertEquals(1199, look().toSeconds());
    github.refuse("/repos/", new Refusal(429, Map.of("Retry-After", "999999"), "{}"));
    assertEquals(Duration.ofHours(1), look());
    github.refuse(
        "/repos/", new Refusal(403, Map.of(), "You have exceeded a secondary rate limit"));
    assertEquals(EVERY, look());
  }

  @Test
  void aRepositoryThatMayNotBeSeenHindersNoOther() throws Exception {
    repositories.clear();
    repositories.put(new RepositoryName("example/hidden"), List.of());
    repositories.put(new RepositoryName(NAME), List.of(WEBSITE));
    failed(1, "a");

    look();

    assertEquals(List.of(1L), github.asked());
  }

  @Test
  void anApiThatIsAwayIsNoTroubleOfTheDaemons() throws Exception {
    api = Optional.of(URI.create("http://127.0.0.1:1"));
    assertEquals(EVERY, look());
    api = Optional.empty();
    failed(1, "a");

    look();

    assertEquals(List.of(1L), github.asked());
  }

  @Test
  void nonsenseIsAnAnswerThatMeansNothing() throws Exception {
    failed(1, "a");
    for (String body : List.of("", "{}", "[", "[1, null, {}]", "<html>")) {
      github.refuse("/repos/", new Refusal(200, Map.of(), body));
      assertEquals(EVERY, look(), body);
    }
    assertEquals(List.of(), github.asked());
  }

  @Test
  void theTokenFollowsNoAddressButTheApisOwn() throws Exception {
    try (FakeGitHub stranger = FakeGitHub.start()) {
      stranger.hook(NAME, HOOK, URL);
      github.refuse("/repos/", new Refusal(301, Map.of("Location", stranger.api() + HOOKS), ""));
      look();
      github.refuse(
          "/repos/",
          new Refusal(200, Map.of("Link", "<" + stranger.api() + HOOKS + ">; rel=\"next\""), "[]"));
      look();

      assertEquals(List.of(), stranger.calls());
    }
  }

  @Test
  void aRepositoryThatWasRenamedIsFoundUnderItsNewAddress() throws Exception {
    repositories.clear();
    repositories.put(new RepositoryName("example/old"), List.of(WEBSITE));
    github.refuse("/repos/example/old/hooks", new Refusal(301, Map.of("Location", HOOKS), ""));

    look();

    assertEquals(
        List.of("GET /repos/example/old/hooks", "GET " + HOOKS), github.calls().subList(0, 2));
  }

  @Test
  void withoutAnOriginOrSwitchedOffNothingIsAsked() throws Exception {
    failed(1, "a");
    origin = Optional.empty();
    assertEquals(EVERY, look());
    off = true;
    look();

    assertEquals(List.of(), github.calls());
  }

  @Test
  void anOriginWithASlashAtItsEndIsTheSame() throws Exception {
    origin = Optional.of(URI.create("https://Deploy.example.org/"));
    failed(1, "a");

    look();

    assertEquals(List.of(1L), github.asked());
  }

  @Test
  void whileTheRecordStoreIsAwayNothingIsAskedFor() throws Exception {
    failed(1, "a");
    ledger.unavailable(true);
    assertThrows(LedgerUnavailable.class, this::look);
    assertEquals(List.of(), github.calls());

    ledger.unavailable(false);
    look();

    assertEquals(List.of(1L), github.asked());
  }
}
