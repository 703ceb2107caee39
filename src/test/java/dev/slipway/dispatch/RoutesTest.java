package dev.slipway.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.event.Event;
import dev.slipway.event.Outcome;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which events concern which deployments, one row each. */
class RoutesTest {
  private static final Routes ROUTES =
      new Routes(
          List.of(
              route("website", "example/website", "main", true),
              route("mirror", "Example/Website", "main", true),
              route("old-mirror", "example/website", "main", false),
              route("staging", "example/website", "develop", true),
              route("frozen", "example/website", "frozen", false),
              route("frozen-too", "example/website", "frozen", false),
              route("docs", "example/docs", "main", true)));

  private static Route route(String slug, String repository, String branch, boolean enabled) {
    return new Route(
        new Slug(slug),
        new RepositoryName(repository),
        new Trigger.Branch(GitRef.ofBranch(branch)),
        enabled);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of("a push", push("example/docs", "refs/heads/main"), taken("docs")),
        Arguments.of(
            "a push that several deployments follow",
            push("example/website", "refs/heads/main"),
            new Verdict.Taken(
                List.of(new Slug("website"), new Slug("mirror")), List.of(new Slug("old-mirror")))),
        Arguments.of(
            "a push to another branch",
            push("example/website", "refs/heads/develop"),
            taken("staging")),
        Arguments.of(
            "a repository in another spelling",
            push("EXAMPLE/Docs", "refs/heads/main"),
            taken("docs")),
        Arguments.of(
            "a repository that nobody configured",
            push("example/unknown", "refs/heads/main"),
            nobody("no deployment is configured for example/unknown")),
        Arguments.of(
            "a branch that nobody follows",
            push("example/docs", "refs/heads/feature"),
            nobody("no deployment of example/docs follows refs/heads/feature")),
        Arguments.of(
            "a branch in another spelling",
            push("example/docs", "refs/heads/Main"),
            nobody("no deployment of example/docs follows refs/heads/Main")),
        Arguments.of(
            "a tag with the name of a branch",
            push("example/docs", "refs/tags/main"),
            nobody("no deployment of example/docs follows refs/tags/main")),
        Arguments.of(
            "a branch whose name is a command",
            push("example/docs", "refs/heads/$(id)"),
            nobody("no deployment of example/docs follows refs/heads/$(id)")),
        Arguments.of(
            "a disabled deployment",
            push("example/website", "refs/heads/frozen"),
            ignored("deployment frozen is disabled, deployment frozen-too is disabled")),
        Arguments.of(
            "a deleted branch",
            new Push(
                new RepositoryName("example/docs"),
                GitRef.ofBranch("main"),
                Push.Change.DELETED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            ignored("refs/heads/main was deleted")),
        Arguments.of(
            "a push without a head commit",
            new Push(
                new RepositoryName("example/docs"),
                GitRef.ofBranch("main"),
                Push.Change.HEADLESS,
                Optional.of(new CommitId("ab".repeat(20))),
                Optional.empty(),
                Optional.empty()),
            ignored("the push to refs/heads/main has no head commit")),
        Arguments.of(
            "a push by hand, whose commit is not known yet",
            new Push(
                new RepositoryName("example/docs"),
                GitRef.ofBranch("main"),
                Push.Change.MOVED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            taken("docs")),
        Arguments.of(
            "GitHub's greeting", new Event.Ping(), new Verdict.Untaken(new Outcome.Ping())),
        Arguments.of(
            "an event of another kind",
            new Event.Other("issues"),
            ignored("an event of kind \"issues\" starts nothing")),
        Arguments.of(
            "an event of a kind that plays tricks",
            new Event.Other("\u001b[2J"),
            ignored("an event of kind \"\\u001b[2J\" starts nothing")));
  }

  private static Push push(String repository, String ref) {
    return new Push(
        new RepositoryName(repository),
        new GitRef(ref),
        Push.Change.MOVED,
        Optional.of(new CommitId("ab".repeat(20))),
        Optional.empty(),
        Optional.empty());
  }

  private static Verdict taken(String... slugs) {
    return new Verdict.Taken(Stream.of(slugs).map(Slug::new).toList(), List.of());
  }

  private static Verdict nobody(String reason) {
    return new Verdict.Untaken(new Outcome.Void(reason));
  }

  private static Verdict ignored(String reason) {
    return new Verdict.Untaken(new Outcome.Ignored(reason));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void anEventGetsItsVerdict(String what, Event.Content content, Verdict verdict) {
    Event event =
        new Event(new EventId("a"), Instant.EPOCH, Source.WEBHOOK, Optional.empty(), content);

    assertEquals(verdict, ROUTES.decide(event), what);
  }

  @Test
  void withoutDeploymentsNothingIsTaken() {
    Event event =
        new Event(
            new EventId("a"),
            Instant.EPOCH,
            Source.WEBHOOK,
            Optional.empty(),
            push("example/docs", "refs/heads/main"));

    assertEquals(
        nobody("no deployment is configured for example/docs"),
        new Routes(List.of()).decide(event));
  }

  @Test
  void aVerdictOfTakenNamesSomebody() {
    assertThrows(IllegalArgumentException.class, () -> new Verdict.Taken(List.of(), List.of()));
  }

  @Test
  void aBranchTriggerFollowsABranch() {
    assertEquals("branch main", new Trigger.Branch(GitRef.ofBranch("main")).describe());
    assertThrows(IllegalArgumentException.class, () -> new Trigger.Branch(GitRef.ofTag("main")));
  }
}
