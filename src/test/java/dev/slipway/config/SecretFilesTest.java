package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Database;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {
  @TempDir private Path folder;

  private Written written(String toml) {
    return new Written(List.of(new Document("slipway.toml", folder, toml)), Map.of());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void everySecretCanComeFromAFile() throws IOException {
    write("token", "an admin token\n");
    write("secrets", "the first secret\r\n\nthe second secret");
    write("password", " with spaces \n\n");
    write("redis", "redis://:hunter2@localhost\n");
    Config config =
        written(
                """
                [admin]
                token_file = "token"
                [github]
                webhook_secrets_file = "secrets"
                token_file = "./token"
                [database]
                url = "jdbc:postgresql://localhost/slipway"
                password_file = "password"
                [redis]
                url_file = "redis"
                """)
            .config();
    assertEquals(Optional.of(new Secret("an admin token")), config.doors().admin().token());
    assertEquals(
        List.of(new Secret("the first secret"), new Secret("the second secret")),
        config.doors().admission().secrets());
    assertEquals(
        new Database.Server(
            "jdbc:postgresql://localhost/slipway",
            Optional.empty(),
            Optional.of(new Secret(" with spaces ")),
            true),
        config.stores().database());
    assertEquals(Optional.of(new Secret("redis://:hunter2@localhost")), config.stores().redis());
  }

  @Test
  void theValueAndTheFileAtOnceAreAFault() throws IOException {
    write("token", "hunter2\n");
    assertEquals(
        List.of(
            "slipway.toml:3: admin.token_file: found beside \"token\"; expected one of the two: the"
                + " value, or the file that holds it"),
        written("[admin]\ntoken = \"hunter2\"\ntoken_file = \"token\"\n").faults());
  }

  @Test
  void aFileThatIsNotThereIsAFaultThatNamesIt() {
    assertEquals(
        List.of(
            "slipway.toml:2: github.webhook_secrets_file: found "
                + folder.resolve("none")
                + ": no such file; expected a file that this user can read"),
        written("[github]\nwebhook_secrets_file = \"none\"\n").faults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \n\n"})
  void anEmptyFileIsAFault(String content) throws IOException {
    write("empty", content);
    assertEquals(
        List.of(
            "slipway.toml:2: admin.token_file: found "
                + folder.resolve("empty")
                + ", which is empty; expected a file that holds a secret"),
        written("[admin]\ntoken_file = \"empty\"\n").faults());
  }

  @Test
  void aFileOfSeveralLinesIsNoSingleSecret() throws IOException {
    write("two", "hunter2\nhunter3\n");
    List<String> faults = written("[admin]\ntoken_file = \"two\"\n").faults();
    assertEquals(1, faults.size());
    assertTrue(
        faults.getFirst().startsWith("slipway.toml:2: admin.token: found more than one line"));
    assertFalse(faults.getFirst().contains("hunter"));
  }

  @Test
  void onlySecretsComeFromFiles() {
    assertEquals(
        List.of(
            "slipway.toml:2: listen.port_file: unknown key; expected one of host, max_body, port,"
                + " trusted_proxies"),
        written("[listen]\nport_file = \"x\"\n").faults());
  }

  @Test
  void theFileIsShownAndNotItsContent() throws IOException {
    write("token", "hunter2\n");
    String toml = written("[admin]\ntoken_file = \"token\"\n").valid().text().toml();
    assertTrue(toml.contains("token_file = \"" + folder.resolve("token") + "\"\n"), toml);
    assertFalse(toml.contains("token = "), toml);
    assertFalse(toml.contains("hunter2"), toml);
  }
}
