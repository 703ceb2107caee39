package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitUrlTest {
  private static boolean same(String one, String other) {
    return GitUrl.of(one).isSameRepository(GitUrl.of(other))
        && GitUrl.of(other).isSameRepository(GitUrl.of(one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/example/website.git",
        "https://github.com/Example/Website",
        "https://GitHub.com/example/website/",
        "https://someone:word@github.com/example/website.git",
        "http://github.com/example/website",
        "ssh://git@github.com/example/website.git",
        "ssh://git@ssh.github.com:443/example/website.git",
        "git@github.com:example/website.git",
        "git@github.com:/example/website",
        "github.com:example/website",
        "git://github.com/example/website",
        "git@github-work:example/website.git"
      })
  void allFormsOfOneRepositoryAreTheSame(String form) {
    assertTrue(same(form, "https://github.com/example/website.git"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/example/website, https://github.com/example/other",
    "https://github.com/example/website, https://github.com/other/website",
    "https://github.com/example/website, https://gitlab.com/example/website",
    "https://github.com/example/website, /srv/example/website",
    "file:///srv/website, file:///srv/Website",
    "file:///srv/website, file:///srv/other"
  })
  void otherRepositoriesAreOthers(String one, String other) {
    assertFalse(same(one, other));
  }

  @Test
  void aPathIsTheSameWithAndWithoutItsScheme() {
    assertTrue(same("file:///srv/website.git", "/srv/website/"));
  }

  @Test
  void gitHubIsKnownByBothItsNames() {
    assertTrue(GitUrl.of("git@github.com:example/website").isGitHub());
    assertTrue(GitUrl.of("ssh://git@ssh.github.com:443/example/website").isGitHub());
    assertFalse(GitUrl.of("git@github.com.example.org:example/website").isGitHub());
    assertFalse(GitUrl.of("/github.com").isGitHub());
  }

  @Test
  void aTokenBelongsToOneHostByHttpsOnly() {
    assertEquals(
        Optional.of("https://github.com"), GitUrl.httpsHost("https://github.com/example/website"));
    assertEquals(
        Optional.of("https://git.example.org:8443"),
        GitUrl.httpsHost("https://user@git.example.org:8443/x/y"));
    assertEquals(Optional.empty(), GitUrl.httpsHost("http://github.com/example/website"));
    assertEquals(Optional.empty(), GitUrl.httpsHost("git@github.com:example/website"));
  }
}
