package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.RealDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitKnownHostsTest {
  @TempDir Path state;

  @Test
  void theKeysAreThoseThatGitHubPublishes() throws Exception {
    Map<String, String> fingerprints = new TreeMap<>();
    for (String line : Files.readAllLines(GitKnownHosts.install(new RealDisk(), state))) {
      if (!line.startsWith("#")) {
        List<String> fields = List.of(line.split(" ", -1));
        assertEquals("github.com,[ssh.github.com]:443", fields.getFirst());
        byte[] key = Base64.getDecoder().decode(fields.getLast());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
        fingerprints.put(
            fields.get(1), Base64.getEncoder().withoutPadding().encodeToString(digest));
      }
    }
    assertEquals(
        Map.of(
            "ssh-ed25519", "+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
            "ecdsa-sha2-nistp256", "p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM",
            "ssh-rsa", "uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s"),
        fingerprints);
  }

  @Test
  void aFileThatWasChangedIsPutRight() throws Exception {
    Path file = GitKnownHosts.install(new RealDisk(), state);
    String shipped = Files.readString(file);
    Files.writeString(file, "github.com ssh-rsa forged\n", StandardCharsets.UTF_8);
    assertEquals(file, GitKnownHosts.install(new RealDisk(), state));
    assertEquals(shipped, Files.readString(file));
    assertTrue(shipped.contains("docs.github.com"));
  }
}
