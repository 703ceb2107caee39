package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlLinesTest {
  @Test
  void everyFormOfKeyHasItsLine() {
    var lines =
        TomlLines.of(
            """
            top = 1 # a = 2
            dotted.key.here = 2
            "quo.ted" = 3
            'lit"eral' . "t\\u0061b\\t" = 4

            [table]
            # commented = 5
            inside = 7
            [ deployments . website ]
            steps = ["one",
              # a comment ] " '
              "two", ["three",
              "four"], { run = "five" }]
            inline = { a = 1, b.c = 2, d = [1, { e = 2 }] }
            date = 2026-01-01 10:00:00
            after = true
            """);
    assertEquals(
        Map.ofEntries(
            Map.entry("/top", 1),
            Map.entry("/dotted", 2),
            Map.entry("/dotted/key", 2),
            Map.entry("/dotted/key/here", 2),
            Map.entry("/quo.ted", 3),
            Map.entry("/lit\"eral", 4),
            Map.entry("/lit\"eral/tab\t", 4),
            Map.entry("/table", 6),
            Map.entry("/table/inside", 8),
            Map.entry("/deployments", 9),
            Map.entry("/deployments/website", 9),
            Map.entry("/deployments/website/steps", 10),
            Map.entry("/deployments/website/steps/0", 10),
            Map.entry("/deployments/website/steps/1", 12),
            Map.entry("/deployments/website/steps/2", 12),
            Map.entry("/deployments/website/steps/2/0", 12),
            Map.entry("/deployments/website/steps/2/1", 13),
            Map.entry("/deployments/website/steps/3", 13),
            Map.entry("/deployments/website/steps/3/run", 13),
            Map.entry("/deployments/website/inline", 14),
            Map.entry("/deployments/website/inline/a", 14),
            Map.entry("/deployments/website/inline/b", 14),
            Map.entry("/deployments/website/inline/b/c", 14),
            Map.entry("/deployments/website/inline/d", 14),
            Map.entry("/deployments/website/inline/d/0", 14),
            Map.entry("/deployments/website/inline/d/1", 14),
            Map.entry("/deployments/website/inline/d/1/e", 14),
            Map.entry("/deployments/website/date", 15),
            Map.entry("/deployments/website/after", 16)),
        lines);
  }

  @Test
  void textsOverSeveralLinesMoveWhatFollows() {
    var lines =
        TomlLines.of(
            "a = \"\"\"\n"
                + "one \\\" \\\\\n"
                + "[x]\n"
                + "\"\"\"\"\"\n"
                + "b = '''\n"
                + "\"\"\" # no comment\n"
                + "''''\n"
                + "c = 'c:\\'\n"
                + "d = \"\"\r\n"
                + "e = 1");
    assertEquals(Map.of("/a", 1, "/b", 5, "/c", 8, "/d", 9, "/e", 10), lines);
  }

  @Test
  void tablesInListsAreCounted() {
    var lines =
        TomlLines.of(
            "[[a]]\nx = 1\n[a.t]\ny = 2\n[[a.b]]\nz = 3\n[[a]]\n[[a.b]]\n[[a.b]]\nz = 4\n");
    assertEquals(1, lines.get("/a"));
    assertEquals(2, lines.get("/a/0/x"));
    assertEquals(4, lines.get("/a/0/t/y"));
    assertEquals(6, lines.get("/a/0/b/0/z"));
    assertEquals(7, lines.get("/a/1"));
    assertEquals(9, lines.get("/a/1/b/1"));
    assertEquals(10, lines.get("/a/1/b/1/z"));
  }

  @Test
  void aTableThatIsImpliedFirstHasTheLineOfItsOwnHeader() {
    var lines = TomlLines.of("[a.b]\n[a]\n");
    assertEquals(Map.of("/a", 2, "/a/b", 1), lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[[",
        "]",
        "a",
        "a =",
        "a = [",
        "a = {",
        "a = [}",
        "a = {]",
        "\"",
        "'''",
        "a = \"\\",
        "\"\\u12\" = 1",
        "= 1",
        "[a",
        "{}",
        ",",
        "a = [1,,,",
        "a.",
        ".",
        "#",
        "a = \"\"\"\""
      })
  void aDocumentThatIsNotTomlIsReadToItsEnd(String text) {
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> TomlLines.of(text));
  }

  /** Every number in a random document is the line it is written on; the parser is the judge. */
  @Test
  void theLinesOfRandomDocumentsAreThoseTheirValuesName() {
    for (int seed = 0; seed < 300; seed++) {
      String text = new RandomDocument(new Random(seed)).text();
      var findings = new Findings();
      var document = new Document("random", Path.of("/"), text);
      var table = TomlText.read(document, findings).orElseThrow(() -> new AssertionError(text));
      var numbers = new ArrayList<Value.Whole>();
      collect(table, numbers);
      for (Value.Whole number : numbers) {
        assertEquals(number.number(), number.place().line(), "seed " + seed + "\n" + text);
      }
    }
  }

  private static void collect(Value value, List<Value.Whole> numbers) {
    switch (value) {
      case Value.Whole whole -> numbers.add(whole);
      case Value.Items items -> items.items().forEach(item -> collect(item, numbers));
      case Value.Table table ->
          table.entries().values().forEach(inside -> collect(inside, numbers));
      case Value.Text _, Value.Truth _, Value.Other _ -> {}
    }
  }

  private static final class RandomDocument {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int line = 1;
    private int names;

    RandomDocument(Random random) {
      this.random = random;
    }

    String text() {
      int tables = random.nextInt(6);
      pairs();
      for (int table = 0; table < tables; table++) {
        String name = name() + (random.nextBoolean() ? "." + name() : "");
        boolean inList = random.nextInt(3) == 0;
        for (int i = inList ? 1 + random.nextInt(3) : 1; i > 0; i--) {
          write(inList ? "[[" + name + "]]" : "[" + name + "]");
          lineEnd();
          pairs();
        }
      }
      return text.toString();
    }

    private void pairs() {
      for (int pair = random.nextInt(5); pair > 0; pair--) {
        write(name() + (random.nextInt(4) == 0 ? "." + name() : "") + " = ");
        value(3, true);
        lineEnd();
      }
    }

    private void value(int depth, boolean linesAllowed) {
      switch (random.nextInt(depth > 0 ? 8 : 4)) {
        case 0, 1 -> write(Integer.toString(line));
        case 2 ->
            write(
                List.of("\"# [x]\"", "'a = \"'", "\"\\\"\"", "1.5", "2026-01-01")
                    .get(random.nextInt(5)));
        case 3 -> longText(linesAllowed);
        case 4, 5 -> list(depth, linesAllowed);
        default -> table(depth);
      }
    }

    private void longText(boolean linesAllowed) {
      if (!linesAllowed) {
        write("true");
        return;
      }
      String fence = random.nextBoolean() ? "\"\"\"" : "'''";
      write(fence + "a ]\n\n [b] # x = " + fence.charAt(0) + "\nc" + fence);
      if (random.nextBoolean()) {
        write(fence.substring(0, 1 + random.nextInt(2)));
      }
    }

    private void list(int depth, boolean linesAllowed) {
      write("[");
      for (int item = random.nextInt(4); item > 0; item--) {
        if (linesAllowed && random.nextBoolean()) {
          write(random.nextBoolean() ? "\n" : " # ] \" ' \n  ");
        }
        value(depth - 1, linesAllowed);
        write(", ");
      }
      write(linesAllowed && random.nextBoolean() ? "\n]" : "]");
    }

    private void table(int depth) {
      write("{ ");
      for (int entry = random.nextInt(3); entry >= 0; entry--) {
        write(name() + " = ");
        value(depth - 1, false);
        write(entry > 0 ? ", " : " ");
      }
      write("}");
    }

    private String name() {
      String name = "k" + names++;
      return switch (random.nextInt(5)) {
        case 0 -> "\"" + name + ".\\\"x\\u00e9\"";
        case 1 -> "'" + name + "]\\ ='";
        default -> name;
      };
    }

    private void lineEnd() {
      write(List.of("\n", "\r\n", " # c = [\n", "\n\n  \t").get(random.nextInt(4)));
    }

    private void write(String more) {
      text.append(more);
      line += (int) more.chars().filter(c -> c == '\n').count();
    }
  }
}
