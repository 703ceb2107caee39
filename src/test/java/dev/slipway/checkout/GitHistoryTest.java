package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How pushes stand to what is live and to their branch; real git, both kinds of checkout. */
@ParameterizedClass
@EnumSource(Target.Style.class)
class GitHistoryTest {
  private static final GitRef MAIN = CheckoutFixture.MAIN;
  private static final CommitId NOWHERE = new CommitId("de".repeat(20));

  @TempDir Path scratch;
  private final Target.Style style;

  private CheckoutFixture fixture;
  private GitRepository repository;
  private CommitId first;
  private int asked;

  GitHistoryTest(Target.Style style) {
    this.style = style;
  }

  @BeforeEach
  void begin() throws Exception {
    fixture = new CheckoutFixture(scratch, style);
    repository = fixture.repository;
    first = repository.commit("page", "one");
  }

  private Lineage lineage(CommitId commit, Optional<CommitId> before, CommitId live)
      throws Exception {
    return fixture
        .checkout()
        .history()
        .lineage(
            new GitHistory.Question(MAIN, commit, before, Optional.of(live)),
            () -> asked++,
            fixture.surroundings());
  }

  @Test
  void nothingIsKnownBeforeTheFirstCheckoutAndNothingIsTouched() throws Exception {
    assertEquals(new Lineage.Unknown(), lineage(first, Optional.empty(), NOWHERE));
    assertEquals(
        Optional.empty(), fixture.checkout().history().newest(MAIN, fixture.surroundings()));
    assertEquals(0, asked);
    assertFalse(Files.exists(fixture.path));
  }

  @Test
  void whatWasNeverCheckedOutCanBeBegunForTheSakeOfTheQuestion() throws Exception {
    CommitId second = repository.commit("page", "two");
    GitHistory history = fixture.checkout().history();
    history.begin(MAIN, () -> asked++, fixture.surroundings());
    assertEquals(Optional.of(true), history.isAncestor(first, second, fixture.surroundings()));
    history.begin(MAIN, () -> asked++, fixture.surroundings());
    assertEquals(1, asked, "once");
    assertEquals(second, fixture.checked(second).commit());
  }

  @Test
  void aFolderThatHoldsSomethingElseIsLeftAlone() throws Exception {
    Files.createDirectories(fixture.path.resolve("releases"));
    Files.writeString(fixture.path.resolve("precious"), "mine");
    fixture.checkout().history().begin(MAIN, () -> asked++, fixture.surroundings());
    assertEquals(0, asked);
    assertFalse(Files.exists(fixture.path.resolve(".git")));
  }

  @Test
  void aPushThatIsTheNewestIsFetchedAndThenCheckedOutWithoutAnotherWord() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    assertEquals(new Lineage.Newest(), lineage(second, Optional.of(first), first));
    assertEquals(1, asked);
    repository.git("update-ref", "-d", "refs/heads/main");
    assertEquals(second, fixture.checked(second).commit());
  }

  @Test
  void aPushThatCameLateLiesBehindWhatIsLive() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    assertEquals(new Lineage.BehindLive(), lineage(first, Optional.empty(), second));
    assertEquals(0, asked, "what is known is not asked");
  }

  @Test
  void whatIsLiveDoesNotLieBehindItself() throws Exception {
    fixture.checked(first);
    assertEquals(new Lineage.Newest(), lineage(first, Optional.empty(), first));
    assertEquals(0, asked);
  }

  @Test
  void aPushThatOthersFollowedLiesBehindTheTip() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    CommitId third = repository.commit("page", "three");
    assertEquals(new Lineage.Behind(third), lineage(second, Optional.of(first), first));
    assertEquals(new Lineage.Behind(third), lineage(second, Optional.of(first), first));
    assertEquals(1, asked, "the second time it is known");
  }

  @Test
  void aPushThatAForcePushMadeUnreachableIsLeft() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    repository.resetTo(first);
    CommitId other = repository.commit("page", "other");
    assertEquals(new Lineage.Left(other), lineage(second, Optional.of(first), first));
  }

  @Test
  void soIsOneThatComesAfterItsSuccessorIsLive() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    repository.resetTo(first);
    CommitId other = repository.commit("page", "other");
    fixture.checked(other);
    assertEquals(new Lineage.Left(other), lineage(second, Optional.of(first), other));
  }

  @Test
  void anOriginThatLagsBehindItsWebhooksDoesNotMakeAPushLeft() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    repository.branch("aside");
    repository.resetTo(first);
    CommitId forced = repository.commit("page", "forced");
    // What the origin shows of main is still the commit that the force-push replaced.
    assertEquals(new Lineage.Newest(), lineage(forced, Optional.of(second), second));
  }

  @Test
  void anOriginThatLagsBehindAnOrdinaryPushDoesNotEither() throws Exception {
    fixture.checked(first);
    repository.branch("aside");
    CommitId second = repository.commit("page", "two");
    assertEquals(new Lineage.Newest(), lineage(second, Optional.empty(), first));
  }

  @Test
  void anOriginThatDoesNotAnswerSaysNothing() throws Exception {
    fixture.checked(first);
    Files.move(repository.directory(), scratch.resolve("away"));
    assertEquals(new Lineage.Unknown(), lineage(NOWHERE, Optional.of(first), first));
  }

  @Test
  void aCommitThatTheOriginDoesNotHaveIsUnknown() throws Exception {
    fixture.checked(first);
    assertEquals(new Lineage.Unknown(), lineage(NOWHERE, Optional.of(first), first));
  }

  @Test
  void aBranchWhoseNameIsPackedAwayIsKnownStill() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    Path store =
        style == Target.Style.IN_PLACE
            ? fixture.path.resolve(".git")
            : fixture.state.resolve("git/website.git");
    GitRepository.gitIn(store, "--git-dir=.", "pack-refs", "--all");
    CommitId third = repository.commit("page", "three");
    fixture.checked(third);
    GitRepository.gitIn(store, "--git-dir=.", "pack-refs", "--all");
    assertEquals(new Lineage.Behind(third), lineage(second, Optional.of(first), first));
    assertEquals(0, asked);
  }

  @Test
  void theNewestCommitOfABranchIsFetched() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    assertEquals(
        Optional.of(second), fixture.checkout().history().newest(MAIN, fixture.surroundings()));
  }

  @Test
  void whatAWaitingPushContainsIsFoundOutBesideARun() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("page", "two");
    GitHistory history = fixture.checkout().history();
    assertTrue(history.contains(second, first, fixture.surroundings()));
    assertFalse(history.contains(first, second, fixture.surroundings()));
    assertFalse(history.contains(NOWHERE, first, fixture.surroundings()));
  }

  @Test
  void aStrangersRepositoryIsNotAsked() throws Exception {
    fixture.checked(first);
    GitHistory other = fixture.checkout(fixture.origin("file:///srv/elsewhere")).history();
    assertEquals(Optional.empty(), other.isAncestor(first, first, fixture.surroundings()));
  }
}
