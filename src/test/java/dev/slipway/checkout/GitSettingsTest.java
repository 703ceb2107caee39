package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.process.Cancellation;
import dev.slipway.process.Launch;
import dev.slipway.process.RealProcesses;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSettingsTest {
  private static final String TOKEN = "ghs_verysecret";

  @TempDir Path scratch;

  private static Origin origin(String url) {
    return new Origin(
        new RepositoryName("example/website"),
        url,
        Optional.empty(),
        Optional.of(new Secret(TOKEN)));
  }

  private static GitSettings towards(String url) {
    return GitSettings.towards(origin(url), Path.of("/state/known"));
  }

  /** What git finds when it needs credentials for a host. */
  private List<String> credentials(GitSettings settings, String protocol, String host)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "printf 'protocol=%s\\nhost=%s\\npath=example/website\\n\\n' \"$0\" \"$1\""
                    + " | { shift; git \"$@\" credential fill; }",
                protocol,
                host));
    words.addAll(settings.options());
    Map<String, String> environment = new HashMap<>(settings.environment());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", scratch.toString());
    List<String> lines = new ArrayList<>();
    new RealProcesses()
        .run(
            new Launch(words, scratch, environment, Duration.ofSeconds(10)),
            (stream, text) -> lines.add(text),
            new Cancellation());
    return lines;
  }

  @Test
  void gitGetsTheTokenFromTheHelper() throws Exception {
    List<String> answer =
        credentials(towards("https://github.com/example/website.git"), "https", "github.com");
    assertTrue(answer.contains("password=" + TOKEN), answer::toString);
    assertTrue(answer.contains("username=x-access-token"), answer::toString);
  }

  @Test
  void anotherHostGetsNoToken() throws Exception {
    GitSettings settings = towards("https://github.com/example/website.git");
    assertFalse(credentials(settings, "https", "example.org").toString().contains(TOKEN));
    assertFalse(credentials(settings, "http", "github.com").toString().contains(TOKEN));
  }

  @Test
  void theTokenIsInNoOption() {
    GitSettings settings = towards("https://github.com/example/website.git");
    assertFalse(settings.options().toString().contains(TOKEN));
    assertEquals(TOKEN, settings.environment().get(GitSettings.TOKEN));
  }

  @Test
  void onlyHttpsTakesTheToken() {
    for (String url : List.of("http://github.com/a/b", "git@github.com:a/b", "file:///srv/b")) {
      assertFalse(towards(url).environment().containsValue(TOKEN), url);
      assertFalse(towards(url).options().toString().contains("credential"), url);
    }
  }

  @Test
  void whatStaysOnThisHostGetsNoSecret() {
    assertFalse(GitSettings.local().environment().containsKey(GitSettings.TOKEN));
    assertFalse(GitSettings.local().environment().containsKey("GIT_SSH_COMMAND"));
  }

  @Test
  void gitNeverAsks() {
    Map<String, String> environment = towards("https://github.com/a/b").environment();
    assertEquals("0", environment.get("GIT_TERMINAL_PROMPT"));
    assertEquals("", environment.get("GIT_ASKPASS"));
    assertEquals("", environment.get("SSH_ASKPASS"));
    assertTrue(environment.getOrDefault("GIT_SSH_COMMAND", "").contains("BatchMode=yes"));
  }

  @Test
  void theLargeFileFilterIsOnlySwitchedOffWhereItIsMissing() throws Exception {
    Map<String, String> without = Map.of("PATH", scratch.toString());
    assertTrue(
        GitSettings.local().writingFiles(without).options().contains("filter.lfs.required=false"));
    GitRepository.write(scratch.resolve("git-lfs"), "#!/bin/sh\n");
    assertTrue(scratch.resolve("git-lfs").toFile().setExecutable(true));
    assertEquals(GitSettings.local(), GitSettings.local().writingFiles(without));
  }
}
