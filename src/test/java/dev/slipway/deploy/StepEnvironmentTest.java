package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepEnvironmentTest {
  @Test
  void whatEveryProgramNeedsIsInherited() {
    Map<String, String> daemon =
        Map.of(
            "PATH",
            "/bin",
            "HOME",
            "/home/d",
            "USER",
            "d",
            "LOGNAME",
            "d",
            "SHELL",
            "/bin/sh",
            "LANG",
            "de_DE.UTF-8",
            "LC_TIME",
            "C",
            "LC_ALL",
            "C",
            "TZ",
            "UTC",
            "TMPDIR",
            "/tmp");
    assertEquals(daemon, StepEnvironment.inherited(daemon));
  }

  @Test
  void nothingElseOfTheDaemonsIsSeen() {
    Map<String, String> daemon = new HashMap<>(Map.of("PATH", "/bin", "LANG", "C"));
    for (String name :
        List.of(
            "SLIPWAY_DATABASE__PASSWORD",
            "SLIPWAY_KEY_FILE",
            "CREDENTIALS_DIRECTORY",
            "GITHUB_TOKEN",
            "SSH_AUTH_SOCK",
            "LD_PRELOAD",
            "JAVA_TOOL_OPTIONS",
            "NOTIFY_SOCKET",
            "path",
            "LCX",
            "GIT_DIR")) {
      daemon.put(name, "secret");
    }
    assertEquals(Map.of("PATH", "/bin", "LANG", "C"), StepEnvironment.inherited(daemon));
  }

  @Test
  void aDaemonWithoutPathOrLanguageGivesOrdinaryOnes() {
    assertEquals(
        Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LANG", "C.UTF-8"),
        StepEnvironment.inherited(Map.of()));
  }

  @Test
  void theLastLayerWins() {
    assertEquals(
        Map.of("A", "3", "B", "2", "C", "1"),
        StepEnvironment.layered(
            Map.of("A", "1", "B", "1", "C", "1"), Map.of("A", "2", "B", "2"), Map.of("A", "3")));
  }
}
