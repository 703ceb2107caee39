package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRefTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/main",
        "refs/heads/feature/a.b",
        "refs/heads/ünïcode",
        "refs/heads/𝄞",
        "refs/heads/@",
        "refs/heads/a@b",
        "refs/heads/$(id)",
        "refs/heads/`id`",
        "refs/heads/a;b|c&d>e'f\"g!h#i%j",
        "refs/heads/--upload-pack=x",
        "refs/heads/-x",
        "refs/tags/v1.0",
        "refs/pull/1/head",
        "refs/heads/lock"
      })
  void whatGitTakesIsAReferenceAndNeverAnOption(String text) {
    assertEquals(text, new GitRef(text).value());
    assertTrue(text.startsWith("refs/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "main",
        "heads/main",
        "HEAD",
        "refs/",
        "refs/main",
        "refs//main",
        "refs/heads/",
        "refs/heads//x",
        "refs/heads/a..b",
        "refs/heads/../../etc",
        "refs/heads/.hidden",
        "refs/heads/a/.b",
        "refs/heads/a.lock",
        "refs/heads/a.lock/b",
        "refs/heads/a.",
        "refs/heads/a b",
        "refs/heads/a\tb",
        "refs/heads/a\nb",
        "refs/heads/a\0b",
        "refs/heads/a\u007fb",
        "refs/heads/a~1",
        "refs/heads/a^",
        "refs/heads/a:b",
        "refs/heads/a?",
        "refs/heads/*",
        "refs/heads/a[b]",
        "refs/heads/a\\b",
        "refs/heads/a@{1}",
        "refs/heads/a\ud834",
        " refs/heads/main",
        "--upload-pack=x"
      })
  void whatGitRefusesIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new GitRef(text));
  }

  @Test
  void aReferenceHasAtMost1024Characters() {
    String prefix = "refs/heads/";
    new GitRef(prefix + "x".repeat(1024 - prefix.length()));

    assertThrows(
        IllegalArgumentException.class,
        () -> new GitRef(prefix + "x".repeat(1025 - prefix.length())));
  }

  @Test
  void aBranchKnowsItsShortName() {
    assertEquals(Optional.of("feature/x"), new GitRef("refs/heads/feature/x").branch());
    assertEquals(Optional.empty(), new GitRef("refs/heads/feature/x").tag());
    assertEquals(Optional.of("v1"), new GitRef("refs/tags/v1").tag());
    assertEquals(Optional.empty(), new GitRef("refs/tags/v1").branch());
    assertEquals(new GitRef("refs/heads/main"), GitRef.ofBranch("main"));
    assertEquals(new GitRef("refs/tags/v1"), GitRef.ofTag("v1"));
  }

  @Test
  void namesDifferByCase() {
    assertTrue(GitRef.ofBranch("Main").compareTo(GitRef.ofBranch("main")) < 0);
  }
}
