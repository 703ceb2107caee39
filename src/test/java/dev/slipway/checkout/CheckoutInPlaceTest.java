package dev.slipway.checkout;

import static dev.slipway.checkout.CheckoutFixture.MAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.checkout.CheckoutResult.Checked;
import dev.slipway.checkout.CheckoutResult.Refused;
import dev.slipway.process.Output;
import dev.slipway.process.ScriptedProcesses;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckoutInPlaceTest {
  private static final CommitId NOWHERE = new CommitId("0123456789012345678901234567890123456789");

  @TempDir Path scratch;
  private CheckoutFixture fixture;
  private GitRepository repository;
  private Path path;
  private CommitId first;

  @BeforeEach
  void aRepositoryWithOneCommit() throws Exception {
    fixture = new CheckoutFixture(scratch, Target.Style.IN_PLACE);
    repository = fixture.repository;
    path = fixture.path;
    first = repository.commit("page", "one");
  }

  private String page() throws Exception {
    return Files.readString(path.resolve("page"));
  }

  private List<String> commands() {
    return fixture.launches.stream()
        .map(launch ->
            launch.words().stream()
                .filter(
                    List.of("init", "cat-file", "fetch", "checkout", "status", "rev-parse")
                        ::contains)
                .findFirst()
                .orElse("?"))
        .toList();
  }

  @Test
  void theFirstTimeClones() throws Exception {
    assertEquals(new Checked(path, first, Optional.empty()), fixture.checked(first));
    assertEquals("one", page());
    assertEquals(first.value(), Files.readString(path.resolve(".git/HEAD")).strip());
    assertEquals(
        List.of(repository.url()), GitRepository.gitIn(path, "remote", "get-url", "origin"));
  }

  @Test
  void aLaterPushTakesThreeProcesses() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    assertEquals(new Checked(path, second, Optional.of(first)), fixture.checked(second));
    assertEquals("two", page());
    assertEquals(List.of("checkout", "fetch", "checkout"), commands());
  }

  @Test
  void aCommitThatIsHereIsNotFetched() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    Files.move(repository.directory(), scratch.resolve("away"));
    fixture.checked(first);
    assertEquals("one", page());
    assertEquals(List.of("checkout"), commands());
  }

  @Test
  void exactlyThePushedCommitIsCheckedOutThoughTheBranchWentOn() throws Exception {
    CommitId second = repository.commit("page", "two");
    repository.commit("page", "three");
    fixture.checked(second);
    assertEquals("two", page());
  }

  @Test
  void withoutACommitTheRefDecides() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    assertEquals(
        new Checked(path, second, Optional.of(first)), fixture.result(MAIN, Optional.empty()));
    assertEquals(List.of("fetch", "rev-parse", "checkout"), commands());
  }

  @Test
  void aForcePushIsFollowed() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    repository.resetTo(first);
    CommitId other = repository.commit("page", "other");
    fixture.checked(other);
    assertEquals("other", page());
  }

  @Test
  void aCommitThatItsBranchLeftBehindIsFetchedById() throws Exception {
    fixture.checked(first);
    CommitId pushed = repository.commit("page", "pushed");
    repository.resetTo(first);
    repository.commit("page", "rewritten");
    fixture.checked(pushed);
    assertEquals("pushed", page());
  }

  @Test
  void aCommitWhoseBranchIsGoneIsFetchedById() throws Exception {
    repository.branch("feature");
    CommitId pushed = repository.commit("page", "feature");
    repository.git("checkout", "-q", "main");
    repository.git("branch", "-q", "-D", "feature");
    fixture.checked(GitRef.ofBranch("feature"), pushed);
    assertEquals("feature", page());
  }

  @Test
  void aBranchMayBecomeAFolderOfBranches() throws Exception {
    repository.branch("a");
    fixture.checked(GitRef.ofBranch("a"), repository.commit("page", "a"));
    repository.git("branch", "-m", "a", "a/b");
    CommitId below = repository.commit("page", "a/b");
    fixture.checked(GitRef.ofBranch("a/b"), below);
    assertEquals("a/b", page());
  }

  @Test
  void aTagIsResolvedToItsCommit() throws Exception {
    repository.git("tag", "-a", "-m", "the first", "v1");
    CheckoutResult result = fixture.result(GitRef.ofTag("v1"), Optional.empty());
    assertEquals(new Checked(path, first, Optional.empty()), result);
  }

  @Test
  void aCommitThatIsNowhereIsRefused() throws Exception {
    Refused refused = fixture.refused(NOWHERE);
    assertEquals(Cause.UNKNOWN_COMMIT, refused.cause());
    assertEquals(
        "commit " + NOWHERE + " is not in " + repository.url() + ", or not any more",
        refused.reason());
  }

  @Test
  void aRefThatIsNowhereIsRefused() throws Exception {
    Refused refused = fixture.refused(GitRef.ofBranch("gone"), Optional.empty());
    assertEquals(Cause.UNKNOWN_COMMIT, refused.cause());
    assertTrue(refused.reason().startsWith("refs/heads/gone is not in "), refused.reason());
  }

  @Test
  void aRepositoryThatIsGoneDoesNotAnswer() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    Files.move(repository.directory(), scratch.resolve("away"));
    Refused refused = fixture.refused(second);
    assertEquals(Cause.UNREACHABLE, refused.cause());
    assertTrue(refused.reason().startsWith(repository.url() + " does not answer: "));
    assertTrue(refused.cause().isWorthRetrying());
    assertEquals("one", page());
  }

  @Test
  void aHostThatRefusesConnectionsDoesNotAnswer() throws Exception {
    CheckoutResult result =
        fixture
            .checkout(fixture.origin("http://127.0.0.1:9/example/website.git"))
            .checkOut(fixture.wanting(MAIN, Optional.of(first)), fixture.surroundings());
    assertEquals(Cause.UNREACHABLE, assertInstanceOf(Refused.class, result).cause());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(touch${IFS}stolen)", "--upload-pack=touch", "-x", "größe", "a'b\"c"})
  void aBranchOfAnyNameIsOnlyAName(String name) throws Exception {
    repository.git("checkout", "-q", "--detach");
    CommitId pushed = repository.commit("page", "odd");
    repository.git("update-ref", "refs/heads/" + name, pushed.value());
    GitRef ref = GitRef.ofBranch(name);
    assertEquals(pushed, ((Checked) fixture.result(ref, Optional.empty())).commit());
    assertEquals(List.of(".git", "page"), CheckoutFiles.list(path));
  }

  // limits

  @Test
  void aCancelledCheckoutSaysSo() throws Exception {
    fixture.cancellation.cancel("a newer push");
    Refused refused = fixture.refused(first);
    assertEquals(new Refused(Cause.CANCELLED, "cancelled: a newer push"), refused);
  }

  @Test
  void aRepositoryThatNeverAnswersIsGivenUp() throws Exception {
    ScriptedProcesses silent =
        new ScriptedProcesses(
            launch -> launch.words().contains("fetch") ? Script.lasts() : Script.exits(1));
    CheckoutSurroundings hurried =
        new CheckoutSurroundings(
            Map.of(),
            (stream, text) -> {},
            fixture.notes::add,
            fixture.cancellation,
            Deadline.after(Duration.ofMillis(100)));
    Files.createDirectories(path.resolve(".git"));
    for (String part : List.of("HEAD", "objects", "refs")) {
      Files.createDirectories(path.resolve(".git").resolve(part));
    }
    Files.writeString(path.resolve(".git/config"), GitConfigFile.withOrigin(repository.url()));
    CheckoutResult result =
        new CheckoutInPlace(new Git(silent, scratch), fixture.origin(), path)
            .checkOut(fixture.wanting(MAIN, Optional.of(first)), hurried);
    assertEquals(Cause.TIMED_OUT, assertInstanceOf(Refused.class, result).cause());
  }

  @Test
  void gitThatIsNotInstalledIsNamed() throws Exception {
    CheckoutSurroundings bare =
        new CheckoutSurroundings(
            Map.of("PATH", scratch.toString()),
            (stream, text) -> {},
            fixture.notes::add,
            fixture.cancellation,
            Deadline.after(Duration.ofSeconds(10)));
    CheckoutResult result =
        fixture.checkout().checkOut(fixture.wanting(MAIN, Optional.of(first)), bare);
    String reason = assertInstanceOf(Refused.class, result).reason();
    assertTrue(reason.startsWith("git could not be started: git not found on the PATH"), reason);
  }

  // secrets

  @Test
  void aTokenIsInTheEnvironmentOfTheFetchAloneAndInNoFile() throws Exception {
    Secret token = new Secret("ghs_verysecret");
    Origin origin =
        new Origin(
            fixture.origin().repository(),
            "https://127.0.0.1:9/example/website.git",
            Optional.empty(),
            Optional.of(token));
    fixture
        .checkout(origin)
        .checkOut(fixture.wanting(MAIN, Optional.of(first)), fixture.surroundings());
    assertTrue(fixture.launches.size() > 1);
    fixture.launches.forEach(launch -> {
      assertFalse(launch.words().toString().contains(token.reveal()));
      assertEquals(
          launch.words().contains("fetch"), launch.environment().containsValue(token.reveal()));
    });
    assertFalse(Files.readString(path.resolve(".git/config")).contains(token.reveal()));
    assertFalse(fixture.log.toString().contains(token.reveal()));
  }

  // history

  @Test
  void ancestorsAreTold() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    Checkout checkout = fixture.checkout();
    assertEquals(
        Optional.of(true), checkout.history().isAncestor(first, second, fixture.surroundings()));
    assertEquals(
        Optional.of(false), checkout.history().isAncestor(second, first, fixture.surroundings()));
    assertEquals(
        Optional.empty(), checkout.history().isAncestor(NOWHERE, first, fixture.surroundings()));
  }

  @Test
  void largeFilesAndSubmodulesAreLeftToSteps() throws Exception {
    GitRepository.write(
        repository.directory().resolve(".gitattributes"), "*.bin filter=lfs -text\n");
    CommitId second = repository.commit("big.bin", "a pointer");
    GitRepository.write(
        fixture.state.resolve(".gitconfig"),
        "[filter \"lfs\"]\n\tprocess = git-lfs filter-process\n\trequired = true\n");
    fixture.checked(second);
    assertEquals("a pointer", Files.readString(path.resolve("big.bin")));
  }

  @Test
  void hooksDoNotRun() throws Exception {
    fixture.checked(first);
    Path hook = path.resolve(".git/hooks/post-checkout");
    GitRepository.write(hook, "#!/bin/sh\ntouch hooked\n");
    assertTrue(hook.toFile().setExecutable(true));
    fixture.checked(repository.commit("page", "two"));
    assertFalse(Files.exists(path.resolve("hooked")));
  }

  @Test
  void whatGitSaysGoesToTheLog() throws Exception {
    fixture.checked(first);
    assertTrue(fixture.log.toString().contains("origin/main"), fixture.log.toString());
    assertEquals(Output.Stream.STDERR.word(), "stderr");
  }

  @Test
  void tidyingLeavesTheCheckoutAsItIs() throws Exception {
    fixture.checked(first);
    assertEquals(
        Optional.empty(), fixture.checkout().tidy(new ReleaseNumber(20), fixture.surroundings()));
    assertEquals(List.of(), GitRepository.gitIn(path, "status", "--porcelain"));
  }
}
