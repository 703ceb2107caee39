package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.process.Cancellation;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.RealProcesses;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSshTest {
  private static final GitUrl GITHUB = GitUrl.of("git@github.com:example/website.git");
  private static final GitUrl OTHER = GitUrl.of("git@git.example.org:example/website.git");

  @TempDir Path scratch;

  @Test
  void gitHubIsBelievedByItsPinnedKeysOnly() {
    assertEquals(
        "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15"
            + " -o ServerAliveCountMax=4 -o StrictHostKeyChecking=yes"
            + " -o 'UserKnownHostsFile=\"/state/known\"'",
        GitSsh.command(GITHUB, Optional.empty(), Path.of("/state/known")));
  }

  @Test
  void anotherHostIsBelievedByTheUsersOwnKeysToo() {
    String command = GitSsh.command(OTHER, Optional.empty(), Path.of("/state/known"));
    assertTrue(command.endsWith(" -o 'UserKnownHostsFile=\"/state/known\" ~/.ssh/known_hosts'"));
  }

  /** What ssh itself makes of the command, by its option -G. */
  private List<String> understood(String command) throws Exception {
    Assumptions.assumeTrue(new File("/usr/bin/ssh").canExecute(), "ssh is not installed");
    List<String> lines = new ArrayList<>();
    Map<String, String> environment =
        Map.of("PATH", System.getenv("PATH"), "HOME", scratch.toString());
    Exit exit =
        new RealProcesses()
            .run(
                new Launch(
                    List.of("sh", "-c", command + " -G git.example.org"),
                    scratch,
                    environment,
                    Duration.ofSeconds(10)),
                (stream, text) -> lines.add(text),
                new Cancellation());
    assertEquals(new Exit.Code(0), exit, lines::toString);
    return lines;
  }

  @Test
  void everyFileNameArrivesWholeAtSsh() throws Exception {
    Path odd = scratch.resolve("it's a $(folder) of 100%");
    String command = GitSsh.command(OTHER, Optional.of(odd.resolve("key")), odd.resolve("known"));
    List<String> lines = understood(command);
    assertTrue(lines.contains("batchmode yes"), lines::toString);
    assertTrue(lines.contains("identitiesonly yes"), lines::toString);
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("stricthostkeychecking (yes|true)")),
        lines::toString);
    String identity =
        lines.stream().filter(line -> line.startsWith("identityfile ")).findFirst().orElse("");
    assertEquals("identityfile " + odd.resolve("key"), identity.replace("%%", "%"));
    String known =
        lines.stream()
            .filter(line -> line.startsWith("userknownhostsfile "))
            .findFirst()
            .orElse("");
    // ssh itself takes the tilde for the user's folder.
    assertTrue(
        known.replace("%%", "%").startsWith("userknownhostsfile " + odd.resolve("known") + " "),
        known);
    assertTrue(known.endsWith("/.ssh/known_hosts"), known);
  }

  @Test
  void withoutAKeyTheUsersOwnAreTried() throws Exception {
    List<String> lines =
        understood(GitSsh.command(OTHER, Optional.empty(), scratch.resolve("known")));
    assertFalse(lines.contains("identitiesonly yes"), lines::toString);
  }
}
