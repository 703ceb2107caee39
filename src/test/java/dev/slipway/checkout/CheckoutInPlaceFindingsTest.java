package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.checkout.CheckoutResult.Checked;
import dev.slipway.checkout.CheckoutResult.Refused;
import dev.slipway.vocabulary.CommitId;
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

/** What a checkout in place finds at its path: strangers, changes, remains. */
@Timeout(60)
class CheckoutInPlaceFindingsTest {
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

  // what lies at the path

  @Test
  void aFolderWithOtherFilesIsRefused() throws Exception {
    GitRepository.write(path.resolve("index.html"), "precious");
    Refused refused = fixture.refused(first);
    assertEquals(Cause.FOREIGN_PATH, refused.cause());
    assertTrue(refused.reason().contains("(index.html)"), refused.reason());
    assertFalse(refused.cause().isWorthRetrying());
    assertEquals("precious", Files.readString(path.resolve("index.html")));
  }

  @Test
  void aCheckoutOfAnotherRepositoryIsRefused() throws Exception {
    GitRepository other = GitRepository.create(path);
    other.git("remote", "add", "origin", "https://user:word@github.com/other/thing.git");
    Refused refused = fixture.refused(first);
    assertEquals(Cause.FOREIGN_PATH, refused.cause());
    assertTrue(refused.reason().contains("a checkout of \"https://github.com/other/thing.git\""));
  }

  @Test
  void aRepositoryWithoutAnOriginIsRefused() throws Exception {
    GitRepository.create(path).commit("work", "in progress");
    Refused refused = fixture.refused(first);
    assertTrue(refused.reason().contains("without a remote named origin"), refused.reason());
  }

  @Test
  void aFileAtThePathIsRefused() throws Exception {
    GitRepository.write(path, "a file");
    assertTrue(fixture.refused(first).reason().contains(" holds a file;"));
  }

  @Test
  void anEmptyFolderIsTaken() throws Exception {
    Files.createDirectories(path);
    fixture.checked(first);
    assertEquals("one", page());
  }

  @Test
  void anOperatorsOwnCloneIsTakenOver() throws Exception {
    Files.createDirectories(scratch.resolve("srv"));
    GitRepository.gitIn(scratch.resolve("srv"), "clone", "-q", repository.url(), path.toString());
    CommitId second = repository.commit("page", "two");
    assertEquals(new Checked(path, second, Optional.of(first)), fixture.checked(second));
    assertEquals("two", page());
  }

  @Test
  void aPathThatCannotBeMadeIsTroubleWithTheDisk() throws Exception {
    GitRepository.write(scratch.resolve("srv"), "in the way");
    Refused refused = fixture.refused(first);
    assertEquals(Cause.DISK, refused.cause());
    assertTrue(refused.reason().contains(scratch.resolve("srv").toString()), refused.reason());
  }

  // changes on the host

  @Test
  void changedTrackedFilesAreNamedAndOverwritten() throws Exception {
    repository.commit("other", "same");
    CommitId second = repository.commit("third", "three");
    fixture.checked(second);
    Files.writeString(path.resolve("page"), "edited here");
    Files.delete(path.resolve("other"));
    CommitId third = repository.commit("page", "three");
    fixture.checked(third);
    assertEquals(List.of("overwrites what was changed here: other, page"), fixture.notes);
    assertEquals("three", page());
    assertEquals(List.of(), GitRepository.gitIn(path, "status", "--porcelain"));
  }

  @Test
  void aChangeThatTheNewCommitDoesNotTouchIsOverwrittenToo() throws Exception {
    fixture.checked(first);
    Files.writeString(path.resolve("page"), "edited here");
    fixture.checked(repository.commit("other", "new"));
    assertEquals(List.of("overwrites what was changed here: page"), fixture.notes);
    assertEquals("one", page());
  }

  @Test
  void untrackedFilesStay() throws Exception {
    fixture.checked(first);
    GitRepository.write(path.resolve("uploads/photo"), "precious");
    fixture.checked(repository.commit("page", "two"));
    assertEquals("precious", Files.readString(path.resolve("uploads/photo")));
    assertEquals(List.of(), fixture.notes);
  }

  @Test
  void anUntrackedFileInTheWayIsNamedAndOverwritten() throws Exception {
    fixture.checked(first);
    Files.writeString(path.resolve("new"), "made here");
    fixture.checked(repository.commit("new", "pushed"));
    assertEquals(List.of("overwrites what was changed here: new"), fixture.notes);
    assertEquals("pushed", Files.readString(path.resolve("new")));
  }

  @Test
  void manyChangesAreCounted() throws Exception {
    for (int i = 10; i < 35; i++) {
      GitRepository.write(repository.directory().resolve("f" + i), "x");
    }
    fixture.checked(repository.commit("page", "two"));
    for (int i = 10; i < 35; i++) {
      Files.writeString(path.resolve("f" + i), "y");
    }
    fixture.checked(repository.commit("page", "three"));
    assertTrue(fixture.notes.getFirst().endsWith("f28, f29 and 5 more"), fixture.notes.getFirst());
  }

  @Test
  void aPathMayBeALinkToAFolder() throws Exception {
    Files.createDirectories(scratch.resolve("elsewhere"));
    Files.createDirectories(scratch.resolve("srv"));
    Files.createSymbolicLink(path, scratch.resolve("elsewhere"));
    fixture.checked(first);
    assertEquals("one", Files.readString(scratch.resolve("elsewhere/page")));
    fixture.checked(repository.commit("page", "two"));
    assertEquals("two", page());
  }

  // what an interruption leaves

  @Test
  void locksThatAKilledGitLeftAreRemoved() throws Exception {
    fixture.checked(first);
    for (String lock : List.of("index.lock", "HEAD.lock", "refs/remotes/origin/main.lock")) {
      Files.writeString(path.resolve(".git").resolve(lock), "");
    }
    fixture.checked(repository.commit("page", "two"));
    assertEquals("two", page());
    assertEquals(3, fixture.notes.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void anInterruptedFirstCloneIsContinued(int stage) throws Exception {
    Files.createDirectories(path.resolve(".git"));
    if (stage >= 1) {
      Files.writeString(path.resolve(".git/config.new"), "[remote");
    }
    if (stage >= 2) {
      Files.move(path.resolve(".git/config.new"), path.resolve(".git/config"));
      Files.writeString(path.resolve(".git/config"), GitConfigFile.withOrigin(repository.url()));
    }
    if (stage >= 3) {
      Files.writeString(path.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    }
    if (stage >= 4) {
      GitRepository.gitIn(path, "init", "-q");
      GitRepository.gitIn(path, "fetch", "-q", "origin");
    }
    if (stage >= 5) {
      Files.writeString(path.resolve("page"), "half written");
    }
    assertEquals(new Checked(path, first, Optional.empty()), fixture.checked(first));
    assertEquals("one", page());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFetchCutShortIsMended(int arrived) throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("folder/other", "two");
    for (String object : List.of("HEAD", "HEAD^{tree}", "HEAD:folder").subList(0, arrived)) {
      repository.giveObject(object, path.resolve(".git"));
    }
    fixture.checked(second);
    assertEquals("two", Files.readString(path.resolve("folder/other")));
    assertEquals("one", page());
    assertFalse(Files.exists(path.resolve(".git/slipway-anew")));
  }

  @Test
  void aFetchCutShortIsMendedByWhatGit230Understands() throws Exception {
    fixture.checked(first);
    CommitId second = repository.commit("folder/other", "two");
    repository.giveObject("HEAD", path.resolve(".git"));
    fixture.checked(second);
    List<String> words =
        fixture.launches.stream().flatMap(launch -> launch.words().stream()).toList();
    assertTrue(words.contains("fetch"));
    // Since 2.36.
    assertFalse(words.contains("--refetch"));
  }
}
