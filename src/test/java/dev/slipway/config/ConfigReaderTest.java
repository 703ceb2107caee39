package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Database;
import dev.slipway.vocabulary.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  @Test
  void everyFaultIsNamedAtOnceWithItsLine() {
    assertEquals(
        List.of(
            "config/slipway.toml:1: shutdown_grace: found 60; expected a duration such as"
                + " \"500ms\", \"30s\", \"5m\", \"2h\" or \"3d\"",
            "config/slipway.toml:3: listen.prot: unknown key; did you mean \"port\"?",
            "config/slipway.toml:5: deployments.\"My Site\": found \"My Site\"; expected a slug: 1"
                + " to 63 of a-z, 0-9 and -, not beginning with -, and not \"dispatcher\"",
            "config/slipway.toml:12: deployments.website.brnach: unknown key; did you mean"
                + " \"branch\"?"),
        Written.of(
                """
                shutdown_grace = 60
                [listen]
                prot = 1

                [deployments."My Site"]
                repository = "example/other"
                branch = "main"
                path = "/srv/other"
                steps = ["true"]
                [deployments.website]
                repository = "example/website"
                brnach = "main"
                branch = "main"
                path = "/srv/website"
                steps = ["make build"]
                """)
            .faults());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          state_dir = 5                                | state_dir: found 5; expected a path
          state_dir = ""                               | state_dir: found ""; expected a path
          origin = "deploy.example.org"                | origin: found "deploy.example.org"; expected an http
          origin = "https://u:hunter2@example.org"     | origin: found "https://***@example.org"; expected
          shutdown_grace = "60"                        | shutdown_grace: found "60"; expected a duration
          shutdown_grace = "-1s"                       | shutdown_grace: found "-1s"; expected a duration
          shutdown_grace = "99999d"                    | shutdown_grace: found "99999d"; expected a duration
          reconcile = "0s"                             | reconcile: found "0s"; expected "off" or a duration
          reconcile = "999ms"                          | reconcile: found "999ms"; expected "off" or a duration from 1s to 1d
          reconcile = "25h"                            | reconcile: found "25h"; expected "off" or a duration from 1s to 1d
          reconcile = false                            | reconcile: found false; expected "off"
          min_free_disk = "5 MiBs"                     | min_free_disk: found "5 MiBs"; expected a size
          max_running = 0                              | max_running: found 0; expected a whole number from 1 to 1000
          max_running = "2"                            | max_running: found "2"; expected a whole number
          quarantine_after = 1.5                       | quarantine_after: found a fraction; expected a whole number
          listen = 3400                                | listen: found a whole number; expected a table, [listen]
          listen.host = "a b"                          | listen.host: found "a b"; expected an address or a host name
          listen.port = 65536                          | listen.port: found 65536; expected a whole number from 0 to 65535
          listen.port = 3401                           | listen.port: found 3401 for both listeners; expected a port of its own
          admin.port = 3400                            | admin.port: found 3400 for both listeners; expected a port of its own
          listen.trusted_proxies = ["::1", "proxy"]    | listen.trusted_proxies[1]: found "proxy"; expected an address or a block
          listen.trusted_proxies = "::1"               | listen.trusted_proxies: found a text; expected a list such as
          listen.max_body = "0B"                       | listen.max_body: found "0B"; expected a size from 1B to 63MiB
          listen.max_body = "64MiB"                    | listen.max_body: found "64MiB"; expected a size from 1B to 63MiB
          admin.token = 12345678                       | admin.token: found a whole number; expected one line of text
          admin.token = ""                             | admin.token: found an empty text; expected one line of text
          admin.token = "hunter2\\n"                   | admin.token: found more than one line of text; expected one line
          github.webhook_secrets = "hunter2"           | github.webhook_secrets: found a text; expected a list of texts
          github.webhook_secrets = ["", "hunter2"]     | github.webhook_secrets[0]: found an empty text; expected
          github.allow_from = []                       | github.allow_from: found an empty list; expected "any"
          github.allow_from = ["any", "10.0.0.0/8"]    | github.allow_from: found "any" beside others; expected it alone
          github.allow_from = ["10.0.0.0/99"]          | github.allow_from[0]: found "10.0.0.0/99"; expected "any", "github"
          github.allow_from = ["github"]               | github.allow_from: is not supported by this version yet; expected "any"
          github.allow_from = "github"                 | github.allow_from: found "github", which is not supported by this version yet
          github.token = "age:hunter2"                 | github.token: an encrypted value is not supported by this version yet
          database.url = "postgresql://localhost/x"    | database.url: found "postgresql://localhost/x"; expected a JDBC address
          database.url = "jdbc:postgresql://h/x?password=hunter2" | database.url: found "jdbc:postgresql://h/x?password=***"; expected
          database.url = "jdbc:postgresql://u:hunter2@h/x" | database.url: found "jdbc:postgresql://***@h/x"; expected a JDBC address
          database.user = "x"                          | database.user: found without database.url; expected that key too
          database.migrate = "no"                      | database.migrate: found "no"; expected true or false, without quotes
          secrets.public_key = "ssh-ed25519 AAAA"      | secrets.public_key: found "ssh-ed25519 AAAA"; expected an age public key
          redis.url = "localhost:6379"                 | redis.url: found "localhost:6379"; expected a redis or rediss address
          redis.url = "http://:hunter2@localhost"      | redis.url: found "http://***@localhost"; expected a redis
          redis.url = "redis://localhost/cache"        | redis.url: found "redis://localhost/cache"; expected a redis
          port = 80                                    | port: unknown key; did you mean "listen.port" or "admin.port"?
          branch = "main"                              | branch: unknown key; did you mean "deployments.<slug>.branch"?
          zzzzzzzzzzz = "hunter2"                      | zzzzzzzzzzz: unknown key; expected one of admin, database, deployments
          github.tokne = "hunter2"                     | github.tokne: unknown key; did you mean "token"?
          lisen.port = 1                               | lisen: unknown key; did you mean "listen"?
          deployment.website.path = "/x"               | deployment: unknown key; did you mean "deployments"?
          deployments.website = "x"                    | deployments.website: found a text; expected a table, [deployments.<slug>]
          """)
  void aValueThatDoesNotSuitIsOneFault(String toml, String expected) {
    List<String> faults = Written.of("# line 1\n" + toml).faults();
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(
        faults.getFirst().startsWith("config/slipway.toml:2: " + expected), faults.getFirst());
    assertFalse(faults.getFirst().contains("hunter2"), faults.getFirst());
  }

  @Test
  void anUnknownTableIsNamedByItsHeader() {
    assertEquals(
        List.of("config/slipway.toml:2: lisen: unknown key; did you mean \"listen\"?"),
        Written.of("\n[lisen]\nport = 1\n").faults());
  }

  @Test
  void aFileThatIsNotTomlHidesNoFaultOfTheOthersAndMakesNoKeyMissing() {
    List<String> faults =
        Written.of(
                "[deployments.website]\n"
                    + "repository = \"example/website\"\n"
                    + "branch = \"main\"\n"
                    + "steps = 5\n")
            .and("slipway.d/1.toml", "[deployments.website]\npath = /srv/website\n")
            .faults();
    assertEquals(2, faults.size(), faults.toString());
    assertTrue(faults.get(0).startsWith("config/slipway.d/1.toml:2: not TOML: "), faults.get(0));
    assertTrue(faults.get(1).startsWith("config/slipway.toml:4: deployments.website.steps: found"));
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Config config = Written.of("").config();
    assertEquals(
        new Config.Host(
            Path.of("/var/lib/slipway"),
            Duration.ofSeconds(60),
            4,
            Optional.of(Duration.ofMinutes(5)),
            ByteSize.ofMiB(500)),
        config.host());
    assertEquals("127.0.0.1", config.doors().listen().host());
    assertEquals(3400, config.doors().listen().port());
    assertEquals(2, config.doors().listen().trustedProxies().size());
    assertEquals("25MiB", config.doors().listen().maxBody().toString());
    assertEquals(3401, config.doors().admin().port());
    assertEquals(Optional.empty(), config.doors().admin().token());
    assertEquals(List.of(), config.doors().admission().secrets());
    assertEquals(Optional.empty(), config.doors().admission().allowFrom());
    assertEquals(
        new Database.Embedded(Path.of("/var/lib/slipway/slipway.db"), true),
        config.stores().database());
    assertEquals(Optional.empty(), config.stores().redis());
    assertEquals(List.of(), config.deployments());
  }

  @Test
  void aRelativeStateDirectoryLiesBesideItsFile() {
    assertEquals(
        Path.of("/etc/example/state"),
        Written.of("state_dir = \"state\"").config().host().stateDir());
  }

  @Test
  void aPortMayBeUsedTwiceOnDifferentAddressesAndWhereItIsChosenFreely() {
    assertEquals(
        List.of(), Written.of("[listen]\nport = 80\n[admin]\nport = 80\nhost = \"::1\"").faults());
    assertEquals(List.of(), Written.of("[listen]\nport = 0\n[admin]\nport = 0").faults());
  }

  @Test
  void whatDoesNotActYetAndHarmsNothingIsWarnedOf() {
    assertEquals(
        List.of("config/slipway.toml:1: quarantine_after: has no effect in this version yet"),
        Written.of("quarantine_after = 4").warnings());
  }

  @Test
  void aShortWebhookSecretIsWarnedOfAndNotShown() {
    List<String> warnings = Written.of("[github]\nwebhook_secrets = [\"hunter2\"]").warnings();
    assertEquals(1, warnings.size());
    assertTrue(
        warnings
            .getFirst()
            .startsWith("config/slipway.toml:2: github.webhook_secrets: a secret of less"));
    assertFalse(warnings.getFirst().contains("hunter2"));
  }

  @Test
  void aListenerNeedsAWebhookSecret() {
    var without = assertInstanceOf(Reading.Invalid.class, Written.of("").valid().forIntake());
    assertTrue(
        without
            .faults()
            .getFirst()
            .toString()
            .startsWith(
                "config/slipway.toml: github.webhook_secrets: missing; expected the secret"),
        without.faults().toString());
    assertInstanceOf(
        Reading.Valid.class,
        Written.of("[github]\nwebhook_secrets = [\"a secret of some length\"]")
            .valid()
            .forIntake());
  }

  @Test
  void whatTakesEffectAfterARestartAloneIsNamed() {
    Config config = Written.of(Written.WEBSITE).config();
    assertEquals(List.of(), config.needingRestart(Written.of("shutdown_grace = \"9s\"").config()));
    assertEquals(
        List.of("max_running"), config.needingRestart(Written.of("max_running = 9").config()));
    assertEquals(
        List.of("state_dir", "listen", "admin", "database", "redis"),
        config.needingRestart(
            Written.of(
                    "state_dir = \"/x\"\n"
                        + "listen.port = 1\n"
                        + "admin.port = 2\n"
                        + "redis.url = \"redis://h\"")
                .config()));
  }
}
