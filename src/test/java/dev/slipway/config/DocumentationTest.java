package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} and the shipped configuration against the known keys. */
class DocumentationTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");

  @Test
  void everyKeyIsDescribedWithItsDefault() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    for (Key<?> key : Schema.KEYS) {
      String row = "| `" + written(key) + "` |";
      String line =
          lines.stream()
              .filter(candidate -> candidate.startsWith(row))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no line " + row));
      for (String text : texts(key.fallback())) {
        assertTrue(line.contains("`" + text + "`"), line);
      }
      boolean notYet =
          NotYet.USES.stream()
              .anyMatch(use -> use.path().equals(key.path()) || use.path().equals(key.table()));
      assertEquals(
          notYet && !key.table().equals(DeploymentKeys.HEALTH),
          line.contains("*not yet*") || line.contains("*no effect yet*"),
          line);
      if (key.isSecret()) {
        assertTrue(line.contains("`" + written(key) + "_file`"), line);
      }
    }
  }

  private static String written(Key<?> key) {
    return switch (key.table()) {
      case DeploymentKeys.DEPLOYMENT, DeploymentKeys.STEP -> key.name();
      case DeploymentKeys.HEALTH -> "health." + key.name();
      default -> key.path();
    };
  }

  private static List<String> texts(Optional<Value> fallback) {
    return switch (fallback.orElse(null)) {
      case Value.Text(String text, Place _) -> List.of(text);
      case Value.Whole(long number, Place _) -> List.of(Long.toString(number));
      case Value.Truth(boolean truth, Place _) -> List.of(Boolean.toString(truth));
      case Value.Items(List<Value> items, Place _) ->
          items.stream().flatMap(item -> texts(Optional.of(item)).stream()).toList();
      case null, default -> List.of();
    };
  }

  @Test
  void everyExampleIsValid() throws IOException {
    var examples =
        Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    int count = 0;
    while (examples.find()) {
      Written example = Written.of(examples.group(1));
      assertEquals(
          List.of(),
          example.faults().stream().filter(fault -> !fault.contains(": no such file;")).toList());
      count++;
    }
    assertTrue(count > 5);
  }

  @Test
  void theFaultsThatItShowsAreReal() throws IOException {
    List<String> faults =
        Written.of(
                """
                # line 1
                # line 2
                # line 3
                shutdown_grace = 60

                [deployments.website]
                repository = "example/website"

                branch = "main"
                steps = ["make"]

                brnach = "main"
                path = "website"
                """)
            .with("SLIPWAY_LISTEN__PORT", "http")
            .faults();
    String page = Files.readString(PAGE);
    assertEquals(4, faults.size());
    for (String fault : faults) {
      assertTrue(page.contains(fault), fault);
    }
  }

  @Test
  void theShippedConfigurationIsValidAndLacksOnlyTheSecret() {
    var here = new Surroundings(Map.of(), Path.of("").toAbsolutePath(), Optional.empty(), 2);
    var shipped =
        assertInstanceOf(
            Reading.Valid.class, ConfigReader.read(Optional.of(Path.of("config")), here));
    assertEquals(List.of(), shipped.warnings());
    var withoutSecret = assertInstanceOf(Reading.Invalid.class, shipped.forIntake());
    assertTrue(
        withoutSecret
            .faults()
            .getFirst()
            .toString()
            .startsWith("config/slipway.toml: github.webhook_secrets: missing"));
  }
}
