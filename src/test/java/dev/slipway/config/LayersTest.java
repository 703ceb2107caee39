package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayersTest {
  @Test
  void tablesAreMergedDeepAndLaterValuesWin() {
    Config config =
        Written.of(
                "shutdown_grace = \"1s\"\nmax_running = 2\n[listen]\nport = 1\nhost = \"::1\"\n"
                    + Written.WEBSITE)
            .and(
                "slipway.d/10.toml",
                "shutdown_grace = \"2s\"\n"
                    + "[listen]\n"
                    + "port = 2\n"
                    + "[deployments.website]\n"
                    + "attempts = 2\n")
            .and(
                "slipway.d/20.toml",
                "shutdown_grace = \"3s\"\n[deployments.website.env]\nA = \"1\"\n")
            .config();
    assertEquals(Duration.ofSeconds(3), config.host().shutdownGrace());
    assertEquals(2, config.host().maxRunning());
    assertEquals(2, config.doors().listen().port());
    assertEquals("::1", config.doors().listen().host());
    assertEquals(2, config.deployments().getFirst().conditions().tries().attempts());
    assertEquals(Map.of("A", "1"), config.deployments().getFirst().conditions().environment());
  }

  @Test
  void listsAreReplaced() {
    Config config =
        Written.of(Written.WEBSITE + "locks = [\"a\", \"b\"]")
            .and("slipway.d/1.toml", "[deployments.website]\nlocks = [\"c\"]")
            .config();
    assertEquals(List.of("c"), config.deployments().getFirst().conditions().locks());
  }

  @Test
  void eachFaultNamesTheFileThatTheValueComesFrom() {
    assertEquals(
        List.of(
            "config/slipway.d/1.toml:2: listen.port: found \"x\"; expected a whole number from 0 to"
                + " 65535",
            "config/slipway.toml:1: max_running: found 0; expected a whole number from 1 to 1000"),
        Written.of("max_running = 0\n[listen]\nport = 70000\n")
            .and("slipway.d/1.toml", "[listen]\nport = \"x\"\n")
            .faults());
  }

  @Test
  void aLaterFormOfASecretTakesThePlaceOfTheEarlierOne() {
    Config config =
        Written.of("[admin]\ntoken_file = \"/nowhere/at/all\"\n")
            .with("SLIPWAY_ADMIN__TOKEN", "from the environment")
            .config();
    assertEquals(Optional.of(new Secret("from the environment")), config.doors().admin().token());
    List<String> faults =
        Written.of("[admin]\ntoken = \"in the file\"\n")
            .with("SLIPWAY_ADMIN__TOKEN_FILE", "/nowhere/at/all")
            .faults();
    assertEquals(1, faults.size());
    assertTrue(faults.getFirst().contains("/nowhere/at/all: no such file"), faults.toString());
  }
}
