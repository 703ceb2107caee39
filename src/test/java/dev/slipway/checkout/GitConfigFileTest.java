package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitConfigFileTest {
  @TempDir Path scratch;

  @Test
  void theAddressOfOriginIsFoundAmongOthers() {
    String text =
        """
        [core]
        \tbare = false
        [remote "upstream"]
        \turl = https://github.com/other/thing
        [remote "origin"]
        \tfetch = +refs/heads/*:refs/remotes/origin/*
        \tURL = git@github.com:example/website.git ; a comment
        [branch "main"]
        \tremote = origin
        """;
    assertEquals(Optional.of("git@github.com:example/website.git"), GitConfigFile.originUrl(text));
  }

  @Test
  void withoutThatRemoteThereIsNone() {
    assertEquals(Optional.empty(), GitConfigFile.originUrl(""));
    assertEquals(
        Optional.empty(), GitConfigFile.originUrl("[remote \"upstream\"]\n\turl = x\n[core]\n"));
    assertEquals(Optional.empty(), GitConfigFile.originUrl("[url \"origin\"]\n\turl = x\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://github.com/a/b.git", "/srv/with space/#1;x", "/srv/a\\b\"c", "file:///ü"})
  void whatIsWrittenIsReadBackByUsAndByGit(String url) throws Exception {
    String text = GitConfigFile.withOrigin(url);
    assertEquals(Optional.of(url), GitConfigFile.originUrl(text));
    Files.writeString(scratch.resolve("config"), text);
    assertEquals(
        List.of(url),
        GitRepository.gitIn(scratch, "config", "-f", "config", "--get", "remote.origin.url"));
  }
}
