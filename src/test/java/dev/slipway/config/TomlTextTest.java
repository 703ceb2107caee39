package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TomlTextTest {
  private static final Place PLACE = new Place("VARIABLE", 0, Path.of("/"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1 | token = hunter2
          2 | a = 1;token = "hunter2;b = 2
          3 | a = 1;b = 2;a = "hunter2"
          2 | [a];[a]
          1 | a = 2026-13-45
          1 | a = "\\q hunter2"
          1 | hunter2
          2 | a = [1,;"hunter2"
          """)
  void aSyntaxErrorIsOneFaultWithItsLineAndNothingOfTheText(int line, String text) {
    var findings = new Findings();
    var document =
        new Document(
            "config/slipway.toml", Path.of("/etc"), text.replace(";", "\n").replace("\\\\", "\\"));
    assertTrue(TomlText.read(document, findings).isEmpty());
    assertEquals(1, findings.faults().size());
    Fault fault = findings.faults().getFirst();
    assertTrue(fault.place().line() == line || fault.found().equals("not TOML"), fault.toString());
    assertTrue(fault.found().startsWith("not TOML"), fault.toString());
    assertFalse(fault.toString().contains("hunter2"), fault.toString());
  }

  @Test
  void everyKindOfValueIsTold() {
    var document =
        new Document(
            "d",
            Path.of("/"),
            "a = 'x'\n"
                + "b = 1\n"
                + "c = true\n"
                + "d = 1.5\n"
                + "e = 2026-01-01\n"
                + "f = []\n"
                + "g = {}\n"
                + "h = 99999999999999999999");
    var kinds =
        TomlText.read(document, new Findings()).orElseThrow().entries().values().stream()
            .map(Value::kind)
            .toList();
    assertEquals(
        List.of(
            "a text",
            "a whole number",
            "true or false",
            "a fraction",
            "a date or time",
            "a list",
            "a table",
            "a number that is too large"),
        kinds);
  }

  @Test
  void aTextThatIsOneTomlValueIsThatValue() {
    assertEquals(new Value.Whole(8080, PLACE), TomlText.value("8080", PLACE).orElseThrow());
    assertEquals(new Value.Text("a b", PLACE), TomlText.value("'a b'", PLACE).orElseThrow());
    assertInstanceOf(Value.Items.class, TomlText.value("[1,\n2]", PLACE).orElseThrow());
  }

  @Test
  void aTextThatIsMoreOrLessThanOneTomlValueIsNone() {
    for (String text :
        List.of("", "plain", "a=b", "1\nstate_dir = '/'", "2026-99-99", "[1", "1 2")) {
      assertTrue(TomlText.value(text, PLACE).isEmpty(), text);
    }
  }

  @Test
  void aDocumentNestedBeyondAllBoundsIsAFault() {
    var findings = new Findings();
    var document = new Document("deep", Path.of("/"), "a = " + "[".repeat(50_000));
    assertTrue(TomlText.read(document, findings).isEmpty());
    assertEquals(1, findings.faults().size());
  }
}
