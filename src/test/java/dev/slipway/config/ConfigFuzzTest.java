package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.fuzz.Fuzz;
import dev.slipway.fuzz.Nasty;
import dev.slipway.vocabulary.Printable;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a configuration says, it is valid or its faults are named; nothing else happens. */
@Timeout(600)
class ConfigFuzzTest {
  private static final String[] ODD = {
    "[".repeat(100_000),
    "x = " + "[".repeat(100_000),
    "x = " + "{a=".repeat(5_000),
    "a" + ".a".repeat(20_000) + " = 1",
    "x = 1e999999999",
    "x = " + "9".repeat(5_000),
    "x = \"" + "y".repeat(1 << 20) + "\"",
    "state_dir = \"/x\"\nstate_dir = \"/y\"",
    "[listen]\n[listen]",
    "[[deployments]]",
    "deployments = 1",
    "[deployments.\"../evil\"]",
    "[deployments.dispatcher]",
    "\"\\u0000\" = 1",
    "x = \"\\ud800\"",
    "x = \"\\U00110000\"",
    "x = 1979-05-27T07:32:00Z",
    "\u001b]0;x\u0007 = 1",
    "x = '''\n\u202e'''"
  };

  @TempDir Path folder;

  @Test
  void aConfigurationIsValidOrItsFaultsAreNamed() throws Exception {
    String reference;
    try (InputStream in =
        Objects.requireNonNull(ConfigFuzzTest.class.getResourceAsStream("/reference.toml"))) {
      reference = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path file = folder.resolve("slipway.toml");
    Fuzz.check(
        300,
        random -> {
          byte[] text = odd(random, reference).getBytes(StandardCharsets.UTF_8);
          if (random.nextInt(10) == 0) {
            text[random.nextInt(text.length)] ^= (byte) 0x80;
          }
          Files.write(file, text);
          String variable = "SLIPWAY_LISTEN__PORT";
          Map<String, String> environment =
              random.nextBoolean() ? Map.of() : Map.of(variable, Nasty.near(random, "3400"));
          Reading reading =
              ConfigReader.read(
                  Optional.of(file), new Surroundings(environment, folder, Optional.empty(), 2));
          if (reading instanceof Reading.Invalid invalid) {
            for (Fault fault : invalid.faults()) {
              assertEquals(Printable.of(fault.toString()), fault.toString());
            }
          } else if (reading instanceof Reading.Valid valid) {
            assertEquals(
                valid.text().toml().replace("\n", ""),
                Printable.of(valid.text().toml().replace("\n", "")));
          }
        });
  }

  private static String odd(RandomGenerator random, String reference) {
    StringBuilder text = new StringBuilder();
    int at = random.nextInt(reference.length());
    int line = reference.indexOf('\n', at) + 1;
    switch (random.nextInt(3)) {
      case 0 ->
          text.append(reference, 0, line)
              .append(Fuzz.any(random, ODD))
              .append('\n')
              .append(reference, line, reference.length());
      case 1 -> text.append(Nasty.near(random, reference));
      default -> {
        String value = "\"" + Nasty.text(random).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        text.append(reference, 0, at)
            .append(
                reference
                    .substring(at)
                    .replaceFirst("= .*", java.util.regex.Matcher.quoteReplacement("= " + value)));
      }
    }
    return text.append(' ').toString();
  }
}
