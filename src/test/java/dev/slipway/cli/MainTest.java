package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program ends with, and where it says what. */
class MainTest {
  @TempDir Path root;

  private final Screen screen = Screen.plain();

  private String config(String more) throws IOException {
    Path file = root.resolve("slipway.toml");
    Files.writeString(
        file,
        """
        state_dir = "%s"

        %s
        """
            .formatted(root.resolve("state"), more));
    return file.toString();
  }

  private String website() throws IOException {
    return config(
        """
        [github]
        webhook_secrets = ["it is a secret to everybody"]

        [deployments.website]
        repository = "example/website"
        branch = "main"
        path = "%s"
        steps = ["true"]
        """
            .formatted(root.resolve("site")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frobnicate",
        "--frobnicate",
        "status --frobnicate",
        "pause",
        "pause a b",
        "queue",
        "queue drop website",
        "releases website --limit many",
        "logs website one",
        "serve --role queen",
        "serve now",
        "config",
        "status --config"
      })
  void aWrongCommandLineEndsWith64AndSaysWhatIsWrongOnStandardError(String line) {
    assertEquals(64, screen.run(line.isEmpty() ? new String[0] : line.split(" ")), line);
    assertEquals("", screen.out());
    assertFalse(screen.err().isBlank());
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
    assertEquals(64, screen.run("statsu"));
    assertTrue(screen.err().contains("status"), screen.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "serve --help",
        "deploy --help",
        "status --help",
        "queue --help",
        "queue list --help",
        "queue retry --help",
        "queue drop --help",
        "pause --help",
        "resume --help",
        "releases --help",
        "logs --help",
        "rollback --help",
        "cancel --help",
        "migrate --help",
        "config --help",
        "config check --help",
        "config show --help"
      })
  void everyCommandExplainsItself(String line) {
    assertEquals(0, screen.run(line.split(" ")), screen.err());
    assertTrue(screen.out().startsWith("Usage: slipway"), screen.out());
    assertEquals("", screen.err());
  }

  @Test
  void itSaysItsVersion() {
    assertEquals(0, screen.run("--version"));
    assertTrue(screen.out().startsWith("slipway "), screen.out());
  }

  @Test
  void anInvalidConfigurationEndsWith78AndNamesEveryFault() throws Exception {
    String path = config("prot = 1\n[listen]\nport = 70000\n");
    assertEquals(78, screen.run("config", "check", "--config", path));
    assertTrue(screen.err().contains("prot"), screen.err());
    assertTrue(screen.err().contains("70000"), screen.err());
    assertEquals("", screen.out());
  }

  @Test
  void alsoForServeAndForCommandsThatNeedIt() throws Exception {
    String path = config("prot = 1\n");
    assertEquals(78, screen.run("serve", "--config", path));
    assertEquals(78, screen.run("--config", path, "status"));
  }

  @Test
  void aMissingConfigurationIsSaidWithItsPath() {
    String missing = root.resolve("missing.toml").toString();
    assertEquals(78, screen.run("status", "--config", missing));
    assertTrue(screen.err().contains(missing), screen.err());
  }

  @Test
  void theConfigurationMayBeNamedBeforeAndAfterTheCommand() throws Exception {
    String path = website();
    assertEquals(0, screen.run("config", "check", "--config", path), screen.err());
    assertEquals(0, screen.run("--config", path, "config", "check"), screen.err());
    assertTrue(screen.out().contains("valid: 1 deployment, from "), screen.out());
  }

  @Test
  void theConfigurationIsShownWithoutItsSecrets() throws Exception {
    assertEquals(0, screen.run("config", "show", "--config", website()), screen.err());
    assertTrue(screen.out().contains("example/website"), screen.out());
    assertFalse(screen.out().contains("everybody"), screen.out());
  }

  @Test
  void whatIsNotThereEndsWith1() throws Exception {
    assertEquals(1, screen.run("pause", "nowhere", "--config", website()));
    assertTrue(
        screen.err().contains("there is no deployment \"nowhere\"; there are website"),
        screen.err());
  }

  @Test
  void whatIsNoDeploymentsNameEndsWith64() throws Exception {
    assertEquals(64, screen.run("pause", "../etc", "--config", website()));
    assertEquals("", screen.out());
  }

  @Test
  void anActIsReportedOnStandardOutput() throws Exception {
    String path = website();
    assertEquals(
        0, screen.run("pause", "website", "--reason", "lunch", "--config", path), screen.err());
    assertTrue(screen.out().contains("website"), screen.out());
    assertEquals("lunch\n", Files.readString(root.resolve("state/queues/website/paused")));
  }

  @Test
  void aServiceThatCannotBeReachedEndsWith69() throws Exception {
    String path =
        config(
            """
            [database]
            url = "jdbc:postgresql://127.0.0.1:1/slipway"
            user = "slipway"
            password = "x"
            """);
    assertEquals(69, screen.run("migrate", "--config", path), screen.err());
    assertFalse(screen.err().isBlank());
    assertEquals("", screen.out());
  }

  @Test
  void waitingForADeploymentWithoutADaemonEndsWith69AndQueuesNothing() throws Exception {
    assertEquals(69, screen.run("deploy", "website", "--wait", "--config", website()));
    assertTrue(screen.err().contains("no daemon works on"), screen.err());
    assertFalse(Files.exists(root.resolve("state/queues/website")));
  }
}
