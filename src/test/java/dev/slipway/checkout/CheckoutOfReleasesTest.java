package dev.slipway.checkout;

import static dev.slipway.checkout.CheckoutFixture.MAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.checkout.CheckoutResult.Checked;
import dev.slipway.checkout.CheckoutResult.Refused;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.ReleaseNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CheckoutOfReleasesTest {
  @TempDir Path scratch;
  private CheckoutFixture fixture;
  private GitRepository repository;
  private Path path;
  private CommitId first;

  @BeforeEach
  void aRepositoryWithOneCommit() throws Exception {
    fixture = new CheckoutFixture(scratch, Target.Style.RELEASES);
    repository = fixture.repository;
    path = fixture.path;
    first = repository.commit("page", "one");
  }

  private Path store() {
    return fixture.state.resolve("git/website.git");
  }

  private String live() throws Exception {
    return Files.readString(path.resolve("current/page"));
  }

  private List<String> releases() throws Exception {
    return CheckoutFiles.list(path.resolve("releases"));
  }

  /** A whole release, as the worker makes it. */
  private Checked deploy(CommitId commit) throws Exception {
    Checked checked = fixture.checked(commit);
    assertEquals(Optional.empty(), fixture.checkout().activate(fixture.latest()));
    assertEquals(
        Optional.empty(), fixture.checkout().tidy(fixture.latest(), fixture.surroundings()));
    return checked;
  }

  @Test
  void aReleaseIsAFolderOfItsOwnAndLiveOnlyOnceActivated() throws Exception {
    Checked checked = fixture.checked(first);
    assertEquals(new Checked(path.resolve("releases/1"), first, Optional.empty()), checked);
    assertEquals("one", Files.readString(checked.tree().resolve("page")));
    assertFalse(Files.exists(path.resolve("current")));
    assertEquals(Optional.empty(), fixture.checkout().activate(fixture.latest()));
    assertEquals(Path.of("releases/1"), Files.readSymbolicLink(path.resolve("current")));
    assertEquals("one", live());
  }

  @Test
  void aLaterReleaseTakesFourProcesses() throws Exception {
    deploy(first);
    CommitId second = repository.commit("page", "two");
    Checked checked = fixture.checked(second);
    assertEquals(Optional.of(first), checked.previous());
    assertEquals(4, fixture.launches.size());
    assertEquals("one", live());
  }

  @Test
  void stepsCanUseGitInTheTree() throws Exception {
    Checked checked = fixture.checked(first);
    assertEquals(List.of(first.value()), GitRepository.gitIn(checked.tree(), "rev-parse", "HEAD"));
    assertEquals(List.of(), GitRepository.gitIn(checked.tree(), "status", "--porcelain"));
  }

  @Test
  void switchingBackIsActivatingAnEarlierRelease() throws Exception {
    deploy(first);
    deploy(repository.commit("page", "two"));
    assertEquals("two", live());
    assertEquals(Optional.empty(), fixture.checkout().activate(new ReleaseNumber(1)));
    assertEquals("one", live());
  }

  @Test
  void aReleaseThatIsNotThereCannotBeActivated() throws Exception {
    deploy(first);
    Refused refused = fixture.checkout().activate(new ReleaseNumber(7)).orElseThrow();
    assertTrue(refused.reason().contains("releases/7 is not there"), refused.reason());
    assertEquals("one", live());
  }

  @Test
  void theNewestReleasesStay() throws Exception {
    for (int i = 1; i <= 5; i++) {
      deploy(repository.commit("page", "page " + i));
    }
    assertEquals(List.of("3", "4", "5"), releases());
    assertEquals(
        List.of("refs/slipway/releases/3", "refs/slipway/releases/4", "refs/slipway/releases/5"),
        GitRepository.gitIn(
            store(), "for-each-ref", "--format=%(refname)", "refs/slipway/releases"));
    assertEquals(List.of("3", "4", "5"), CheckoutFiles.list(store().resolve("worktrees")));
  }

  @Test
  void theLiveReleaseStaysHoweverOldItIs() throws Exception {
    deploy(first);
    for (int i = 2; i <= 3; i++) {
      deploy(repository.commit("page", "page " + i));
    }
    fixture.checkout().activate(new ReleaseNumber(1));
    fixture.checked(repository.commit("page", "page 4"));
    fixture.checkout().activate(fixture.latest());
    fixture.checkout().activate(new ReleaseNumber(1));
    fixture.checkout().tidy(fixture.latest(), fixture.surroundings());
    assertEquals(List.of("1", "3", "4"), releases());
    assertEquals("one", live());
  }

  @Test
  void releasesThatFailedPushNoGoodOnesOut() throws Exception {
    deploy(first);
    for (int i = 2; i <= 6; i++) {
      fixture.checked(repository.commit("page", "bad " + i));
    }
    assertEquals(List.of("1", "6"), releases());
    deploy(repository.commit("page", "good"));
    assertEquals(List.of("1", "7"), releases());
  }

  @Test
  void aFolderCutShortIsRemovedByTheNextRelease() throws Exception {
    deploy(first);
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    // As a killed git leaves it: half a tree, the worktree locked, the note that it is partial.
    Files.delete(path.resolve("releases/2/page"));
    Files.writeString(store().resolve("worktrees/2/locked"), "initializing");
    Files.writeString(store().resolve("slipway/unfinished/2"), "partial\n");
    assertTrue(fixture.checkout().activate(new ReleaseNumber(2)).isPresent());
    deploy(second);
    assertEquals(List.of("1", "3"), releases());
    assertEquals("two", live());
  }

  @Test
  void aReleaseActivatedRightBeforeACrashStaysLive() throws Exception {
    fixture.checked(first);
    fixture.checkout().activate(fixture.latest());
    Files.writeString(store().resolve("slipway/unfinished/1"), "whole\n");
    fixture.checked(repository.commit("page", "two"));
    assertEquals("one", live());
    fixture.checkout().activate(fixture.latest());
    fixture.checked(repository.commit("page", "three"));
    assertEquals(List.of("1", "2", "3"), releases());
  }

  @Test
  void aHalfSwitchedLinkIsNoObstacle() throws Exception {
    deploy(first);
    Files.createSymbolicLink(path.resolve(".current.new"), Path.of("releases/9"));
    deploy(repository.commit("page", "two"));
    assertEquals("two", live());
  }

  @Test
  void sharedFilesAndFoldersAreLinkedIntoTheTree() throws Exception {
    GitRepository.write(repository.directory().resolve("data/placeholder"), "");
    CommitId second = repository.commit("settings", "from the repository");
    GitRepository.write(path.resolve("shared/data/photo"), "precious");
    GitRepository.write(path.resolve("shared/settings"), "of this host");
    Checked checked = fixture.checked(second);
    assertEquals("precious", Files.readString(checked.tree().resolve("data/photo")));
    assertEquals("of this host", Files.readString(checked.tree().resolve("settings")));
    assertEquals(List.of("linked from shared: data, settings"), fixture.notes);
    fixture.checkout().activate(fixture.latest());
    for (int i = 0; i < 4; i++) {
      deploy(repository.commit("page", "page " + i));
    }
    assertEquals("precious", Files.readString(path.resolve("shared/data/photo")));
    assertEquals("of this host", Files.readString(path.resolve("current/settings")));
  }

  @Test
  void whatReleasesNeedSurvivesGarbageCollection() throws Exception {
    repository.branch("side");
    CommitId side = repository.commit("page", "side");
    deploy(side);
    repository.git("checkout", "-q", "main");
    repository.git("branch", "-q", "-D", "side");
    GitRepository.gitIn(store(), "update-ref", "-d", "refs/remotes/origin/main");
    Files.delete(store().resolve("worktrees/1/HEAD"));
    GitRepository.gitIn(store(), "gc", "-q", "--prune=now");
    GitRepository.gitIn(store(), "cat-file", "-e", side + ":page");
  }

  @Test
  void aPathWithOtherFilesIsRefused() throws Exception {
    GitRepository.write(path.resolve("index.html"), "precious");
    Refused refused = fixture.refused(first);
    assertEquals(Cause.FOREIGN_PATH, refused.cause());
    assertTrue(refused.reason().contains("(index.html)"), refused.reason());
  }

  @Test
  void aCurrentThatIsNoLinkOfOursIsRefused() throws Exception {
    Files.createDirectories(path.resolve("current"));
    assertTrue(fixture.refused(first).reason().contains("current is no link"));
    Files.delete(path.resolve("current"));
    Files.createSymbolicLink(path.resolve("current"), Path.of("/srv/elsewhere"));
    assertTrue(fixture.refused(first).reason().contains("\"/srv/elsewhere\""));
  }

  @Test
  void aStoreOfAnotherRepositoryIsRefused() throws Exception {
    fixture.checked(first);
    Checkout other = fixture.checkout(fixture.origin("https://github.com/other/thing.git"));
    CheckoutResult result =
        other.checkOut(fixture.wanting(MAIN, Optional.of(first)), fixture.surroundings());
    assertEquals(Cause.FOREIGN_PATH, ((Refused) result).cause());
  }

  @Test
  void anInterruptedFirstStoreIsContinued() throws Exception {
    Files.createDirectories(store());
    Files.writeString(store().resolve("config"), GitConfigFile.withOrigin(repository.url()));
    Files.writeString(store().resolve("HEAD"), "ref: refs/heads/main\n");
    fixture.checked(first);
    assertEquals("one", Files.readString(path.resolve("releases/1/page")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFetchCutShortIsMended(int arrived) throws Exception {
    deploy(first);
    CommitId second = repository.commit("folder/other", "two");
    for (String object : List.of("HEAD", "HEAD^{tree}", "HEAD:folder").subList(0, arrived)) {
      repository.giveObject(object, store());
    }
    deploy(second);
    assertEquals("two", Files.readString(path.resolve("current/folder/other")));
    assertEquals("one", live());
  }

  @Test
  void foldersThatNobodyMayWriteToAreRemovedToo() throws Exception {
    deploy(first);
    Path cache = path.resolve("releases/1/cache");
    GitRepository.write(cache.resolve("module"), "x");
    assertTrue(cache.toFile().setWritable(false));
    for (int i = 0; i < 3; i++) {
      deploy(repository.commit("page", "page " + i));
    }
    assertEquals(List.of("2", "3", "4"), releases());
  }

  @Test
  void ancestorsAreTold() throws Exception {
    CommitId second = repository.commit("page", "two");
    fixture.checked(second);
    assertEquals(
        Optional.of(true),
        fixture.checkout().history().isAncestor(first, second, fixture.surroundings()));
    assertEquals(
        Optional.of(false),
        fixture.checkout().history().isAncestor(second, first, fixture.surroundings()));
  }
}
