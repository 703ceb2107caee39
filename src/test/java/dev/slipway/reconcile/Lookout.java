package dev.slipway.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.checkout.Git;
import dev.slipway.checkout.GitRepository;
import dev.slipway.checkout.Origin;
import dev.slipway.checkout.Remote;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.Event;
import dev.slipway.event.Source;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.process.RealProcesses;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment of a real repository, its queue and its records, and a reconciler whose looks a test
 * makes by hand, by a clock that it moves.
 */
abstract class Lookout {
  static final Slug WEBSITE = SpoolFixture.WEBSITE;
  static final Slug DOCS = SpoolFixture.DOCS;
  static final GitRef MAIN = GitRef.ofBranch("main");
  static final RepositoryName NAME = new RepositoryName("example/website");
  static final Duration EVERY = Duration.ofMinutes(5);

  @TempDir Path folder;

  SpoolFixture spool;
  GitRepository repository;
  final MemoryLedger ledger = new MemoryLedger();
  final List<Followed> followed = new ArrayList<>();
  Optional<Duration> every = Optional.of(EVERY);
  private Reconciler reconciler;
  int asked;

  @BeforeEach
  void begin() throws Exception {
    spool = new SpoolFixture(folder).prepared();
    repository = GitRepository.create(folder.resolve("origin"));
    followed.add(new Followed(WEBSITE, origin(repository.url()), MAIN));
    restart();
  }

  /** A new daemon on what the last one left. */
  final void restart() {
    spool.restart();
    Remote remote =
        new Remote(
            new Git(new RealProcesses(), folder.resolve("known-hosts")),
            folder,
            Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()));
    Reconciler.Grounds grounds =
        new Reconciler.Grounds(spool.spool(), ledger, spool.clock(), spool.clock());
    reconciler =
        new Reconciler(
            grounds,
            remote,
            task -> {
              asked++;
              task.run();
            },
            () -> new Schedule(every, followed));
  }

  static Origin origin(String url) {
    return new Origin(NAME, url, Optional.empty(), Optional.empty());
  }

  Duration look() throws Exception {
    return reconciler.step();
  }

  /** Two looks, as far apart as they have to be. */
  void lookTwice() throws Exception {
    look();
    spool.clock().pass(Reconciler.CONFIRM);
    look();
  }

  void released(Slug slug, CommitId commit, ReleaseState state) throws Exception {
    EventId event = new EventId("of-" + commit.brief());
    ReleaseNumber number =
        ledger.open(
            new Release.Opening(
                slug,
                Optional.of(commit),
                MAIN,
                event,
                Source.WEBHOOK,
                "host",
                spool.clock().instant()));
    ledger.end(
        new Release.Ending(
            slug, number, Optional.empty(), state, spool.clock().instant(), "as it is"));
  }

  /** A commit that is live, and one that was pushed while nobody listened. */
  CommitId missed() throws Exception {
    released(WEBSITE, repository.commit("page", "1"), ReleaseState.SUCCEEDED);
    return repository.commit("page", "2");
  }

  List<EntryName> waiting() throws IOException {
    return spool.queue().waiting();
  }

  static byte[] push(String id, String ref, Optional<CommitId> commit) {
    String after = commit.map(sha -> "\"after\":\"" + sha + "\",").orElse("");
    return EntryCodec.write(
        new EntryCodec.Head(
            new EventId(id),
            "push",
            Instant.parse("2025-11-21T06:20:00Z"),
            Source.WEBHOOK,
            Optional.empty()),
        "{\"ref\":\"%s\",%s\"repository\":{\"full_name\":\"Example/Website\"}}"
            .formatted(ref, after)
            .getBytes(StandardCharsets.UTF_8));
  }

  Event only() throws Exception {
    assertEquals(1, waiting().size());
    return EntryCodec.read(Files.readAllBytes(spool.queue().place(waiting().getFirst())));
  }

  void record(String id, Optional<Slug> slug, Optional<CommitId> commit) throws Exception {
    ledger.record(
        List.of(
            new ProcessedEvent(
                new EventId(id),
                slug,
                "cancelled",
                EntryName.at(1),
                spool.clock().instant(),
                "removed from the queue by hand",
                commit)));
  }
}
