package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.CheckoutResult.Cause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitFailedTest {
  private static final String URL = "https://github.com/example/website.git";

  private static GitFailed fetch(String... said) {
    return GitFailed.of("git fetch", Optional.of(URL), 128, List.of(said));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNREACHABLE | fatal: unable to access 'https://github.com/x/y/': Could not resolve host: github.com
          UNREACHABLE | fatal: unable to access 'https://github.com/x/y/': Failed to connect to github.com port 443
          UNREACHABLE | fatal: unable to access 'https://github.com/x/y/': The requested URL returned error: 502
          UNREACHABLE | ssh: connect to host github.com port 22: Connection timed out
          UNREACHABLE | ssh: Could not resolve hostname github.com: Name or service not known
          UNREACHABLE | error: RPC failed; curl 28 Operation too slow. Less than 1000 bytes/sec
          UNREACHABLE | fatal: early EOF
          UNREACHABLE | fatal: '/srv/gone' does not appear to be a git repository
          UNAUTHORIZED | fatal: could not read Username for 'https://github.com': terminal prompts disabled
          UNAUTHORIZED | fatal: Authentication failed for 'https://github.com/x/y/'
          UNAUTHORIZED | remote: Repository not found.
          UNAUTHORIZED | ERROR: Repository not found.
          UNAUTHORIZED | git@github.com: Permission denied (publickey).
          UNAUTHORIZED | Host key verification failed.
          UNAUTHORIZED | fatal: unable to access 'https://github.com/x/y/': The requested URL returned error: 403
          UNKNOWN_COMMIT | fatal: couldn't find remote ref refs/heads/gone
          UNKNOWN_COMMIT | fatal: remote error: upload-pack: not our ref 0123456789012345678901234567890123456789
          DISK | fatal: write error: No space left on device
          DISK | error: cannot open '.git/FETCH_HEAD': Permission denied
          DISK | fatal: Unable to create '/srv/x/.git/shallow.lock': Permission denied
          FOREIGN_PATH | fatal: detected dubious ownership in repository at '/srv/website'
          GIT | fatal: something else
          """)
  void theCauseIsFoundInWhatGitSays(Cause cause, String line) {
    GitFailed failed =
        fetch("hint: nothing", line, "fatal: Could not read from remote repository.");
    // The general last line counts only where nothing more telling was said.
    Cause expected = cause == Cause.GIT ? Cause.UNREACHABLE : cause;
    assertEquals(expected, failed.cause());
    assertEquals(cause, fetch(line).cause());
  }

  @Test
  void theSentenceNamesTheRepositoryAndQuotesGit() {
    assertEquals(
        URL + " does not answer: Could not resolve host: github.com",
        fetch("fatal: Could not resolve host: github.com").refused().reason());
    assertEquals(
        "git fetch failed: something else", fetch("fatal: something else").refused().reason());
    assertEquals("git fetch failed: exit code 128", fetch().refused().reason());
  }

  @Test
  void whatGitSaysIsMadeHarmless() {
    String reason = fetch("fatal: early EOF \033[31m" + "x".repeat(1000)).refused().reason();
    assertFalse(reason.contains("\033"));
    assertTrue(reason.length() < 450);
  }

  @Test
  void namesOfFilesMeanNothingToALocalCommand() {
    GitFailed failed =
        GitFailed.of(
            "git checkout",
            Optional.empty(),
            1,
            List.of("error: would be overwritten:", "\tConnection refused", "Aborting"));
    assertEquals(Cause.GIT, failed.cause());
  }
}
