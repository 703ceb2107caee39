package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Database;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentLayerTest {
  @Test
  void aVariableIsTheKeyWithTwoUnderscoresForTheDot() {
    Config config =
        Written.of("[database]\nurl = \"jdbc:postgresql://file/slipway\"\nuser = \"kept\"\n")
            .with("SLIPWAY_DATABASE__URL", "jdbc:postgresql://environment/slipway")
            .with("SLIPWAY_DATABASE__PASSWORD", "s3cret")
            .with("SLIPWAY_DATABASE__MIGRATE", "false")
            .with("SLIPWAY_LISTEN__MAX_BODY", "1MiB")
            .with("SLIPWAY_MAX_RUNNING", "7")
            .config();
    assertEquals(
        new Database.Server(
            "jdbc:postgresql://environment/slipway",
            Optional.of("kept"),
            Optional.of(new Secret("s3cret")),
            false),
        config.stores().database());
    assertEquals("1MiB", config.doors().listen().maxBody().toString());
    assertEquals(7, config.host().maxRunning());
  }

  @Test
  void aRelativePathIsTakenFromTheWorkingDirectory() {
    Config config = Written.of("").with("SLIPWAY_STATE_DIR", "state").config();
    assertEquals(Path.of("/home/operator/state"), config.host().stateDir());
  }

  @Test
  void aListIsTomlOrASingleText() {
    assertEquals(
        List.of(new Secret("one"), new Secret("two")),
        Written.of("")
            .with("SLIPWAY_GITHUB__WEBHOOK_SECRETS", "[\"one\", 'two']")
            .config()
            .doors()
            .admission()
            .secrets());
    assertEquals(
        List.of(new Secret("one, two")),
        Written.of("")
            .with("SLIPWAY_GITHUB__WEBHOOK_SECRETS", "one, two")
            .config()
            .doors()
            .admission()
            .secrets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "true", "2026-01-01", "1e9", "[x", "a=b", "[1]"})
  void whereATextIsTakenEveryValueIsAText(String value) {
    Config config = Written.of("").with("SLIPWAY_ADMIN__TOKEN", value).config();
    assertEquals(Optional.of(new Secret(value)), config.doors().admin().token());
  }

  @Test
  void aQuotedTextIsReadAsToml() {
    Config config = Written.of("").with("SLIPWAY_ADMIN__TOKEN", "\"a \\\" b\"").config();
    assertEquals(Optional.of(new Secret("a \" b")), config.doors().admin().token());
  }

  @Test
  void aFaultNamesTheVariableAndTheKey() {
    assertEquals(
        List.of(
            "SLIPWAY_LISTEN__PORT: listen.port: found \"http\"; expected a whole number from 0 to"
                + " 65535"),
        Written.of("").with("SLIPWAY_LISTEN__PORT", "http").faults());
  }

  @Test
  void aVariableThatIsNoKeyIsWarnedOf() {
    var written =
        Written.of("")
            .with("SLIPWAY_LISTEN__PROT", "1")
            .with("SLIPWAY_COLOUR", "1")
            .with("SLIPWAY_DEPLOYMENTS__WEBSITE__BRANCH", "main");
    assertEquals(
        List.of(
            "SLIPWAY_COLOUR: no key of the configuration",
            "SLIPWAY_DEPLOYMENTS__WEBSITE__BRANCH: no key of the configuration; deployments are set"
                + " in files alone",
            "SLIPWAY_LISTEN__PROT: no key of the configuration; did you mean"
                + " SLIPWAY_LISTEN__PORT?"),
        written.warnings());
    assertTrue(written.faults().isEmpty());
  }

  @Test
  void theProgramsOwnVariablesAndThoseOfStepsAreNoKeys() {
    Written written = Written.of("");
    for (String variable : EnvironmentLayer.NO_KEYS) {
      written = written.with(variable, "/somewhere");
    }
    assertEquals(List.of(), written.with("PATH", "/bin").warnings());
  }
}
