package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.RealProcesses;
import dev.slipway.process.ScriptedProcesses;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What repositories say of their references; real git where it does not matter how it is run. */
class RemoteTest {
  private static final GitRef MAIN = GitRef.ofBranch("main");

  @TempDir private Path scratch;

  private GitRepository repository;

  @BeforeEach
  void createRepository() throws Exception {
    repository = GitRepository.create(scratch.resolve("origin"));
  }

  private Remote remote() {
    return new Remote(
        new Git(new RealProcesses(), scratch.resolve("known-hosts")),
        scratch,
        Map.of("PATH", System.getenv("PATH"), "HOME", scratch.toString()));
  }

  private static Origin origin(String url, Optional<Secret> token) {
    return new Origin(new RepositoryName("example/website"), url, Optional.empty(), token);
  }

  private Remote.Answer ask(GitRef ref) throws InterruptedException {
    return remote().ask(origin(repository.url(), Optional.empty()), ref);
  }

  @Test
  void aBranchNamesItsNewestCommit() throws Exception {
    CommitId first = repository.commit("page", "1");
    assertEquals(new Remote.Answer.Tip(first), ask(MAIN));

    CommitId second = repository.commit("page", "2");

    assertEquals(new Remote.Answer.Tip(second), ask(MAIN));
  }

  @Test
  void aBranchThatIsNotThereIsNoTrouble() throws Exception {
    repository.commit("page", "1");

    assertEquals(new Remote.Answer.NoSuchRef(), ask(GitRef.ofBranch("gone")));
  }

  @Test
  void anEmptyRepositoryHasNoBranch() throws Exception {
    assertEquals(new Remote.Answer.NoSuchRef(), ask(MAIN));
  }

  @Test
  void aReferenceThatOnlyEndsLikeTheBranchIsAnother() throws Exception {
    CommitId commit = repository.commit("page", "1");
    repository.git("update-ref", "refs/copies/refs/heads/main", commit.value());
    repository.git("checkout", "-q", "--detach");
    repository.git("update-ref", "-d", "refs/heads/main");

    assertEquals(new Remote.Answer.NoSuchRef(), ask(MAIN));
  }

  @Test
  void aRepositoryThatIsNotThereIsUnreachableAndSaysSo() throws Exception {
    Remote.Answer answer =
        remote().ask(origin("file://" + scratch.resolve("nowhere"), Optional.empty()), MAIN);

    String reason = assertInstanceOf(Remote.Answer.Unreachable.class, answer).reason();
    assertTrue(reason.contains("does not appear to be a git repository"), reason);
  }

  @Test
  void theFolderThatGitRunsInDoesNotMatter() throws Exception {
    repository.commit("page", "1");
    Path broken = scratch.resolve("broken");
    Files.createDirectories(broken.resolve("git"));
    Files.writeString(broken.resolve(".git"), "gitdir: /nowhere\n");
    Remote remote =
        new Remote(
            new Git(new RealProcesses(), scratch.resolve("known-hosts")),
            broken.resolve("git"),
            Map.of("PATH", System.getenv("PATH")));

    assertInstanceOf(
        Remote.Answer.Tip.class, remote.ask(origin(repository.url(), Optional.empty()), MAIN));
  }

  @Test
  void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
    var processes =
        new ScriptedProcesses(
            launch -> new Script(List.of(), new Exit.TimedOut(Remote.LIMIT), false));

    Remote.Answer answer = scripted(processes, Optional.empty());

    assertEquals(
        new Remote.Answer.Unreachable(
            "https://github.com/example/website.git did not answer within 30 seconds"),
        answer);
    assertTrue(processes.launches().getFirst().timeout().compareTo(Remote.LIMIT) <= 0);
  }

  @Test
  void theTokenIsInNoArgumentAndGitNeverAsks() throws Exception {
    var processes = new ScriptedProcesses(launch -> Script.exits(0));

    Remote.Answer answer = scripted(processes, Optional.of(new Secret("a token of some length")));

    assertEquals(new Remote.Answer.NoSuchRef(), answer);
    Launch launch = processes.launches().getFirst();
    assertFalse(String.join(" ", launch.words()).contains("a token of some length"));
    assertEquals("a token of some length", launch.environment().get(GitSettings.TOKEN));
    assertEquals("0", launch.environment().get("GIT_TERMINAL_PROMPT"));
  }

  private Remote.Answer scripted(ScriptedProcesses processes, Optional<Secret> token)
      throws InterruptedException {
    return new Remote(new Git(processes, scratch.resolve("known-hosts")), scratch, Map.of())
        .ask(origin("https://github.com/example/website.git", token), MAIN);
  }
}
