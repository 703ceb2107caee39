package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramLineTest {
  private static final String ESC = "\u001b";

  @ParameterizedTest
  @ValueSource(strings = {"[31m", "[0m", "[m", "[1;38;5;8m", "[48;2;8;8;8m", "[38;5;8;1m", "[08;m"})
  void coloursStayWhereTheyCanBeSeenAndDoNotRunOn(String sequence) {
    boolean conceals = sequence.equals("[08;m");
    String colour = conceals ? "" : ESC + sequence;
    String end = conceals ? "" : ESC + "[0m";
    assertEquals("a" + colour + "b" + end, ProgramLine.show("a" + ESC + sequence + "b", true));
    assertEquals("ab", ProgramLine.show("a" + ESC + sequence + "b", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J", // clear
        "\u001b[1A\u001b[2K", // the line above, rewritten
        "\u001b]0;title\u0007", // the title
        "\u001b]52;c;cm0gLXJmIC8=\u0007", // the clipboard
        "\u001b]8;;https://example.org/\u001b\\text\u001b]8;;\u001b\\", // a link
        "\u001bP+q544e\u001b\\", // a question to which the terminal types the answer
        "\u001b[6n", // another
        "\u009b31m", // C1
        "50%\r100%", // back to the line's beginning
        "ok\b\bno",
        "\u202etxt.exe",
        "a\u2028b"
      })
  void whateverElseCommandsATerminalDoesNot(String line) {
    for (boolean colour : new boolean[] {true, false}) {
      String shown = ProgramLine.show(line, colour);
      assertEquals(0, shown.chars().filter(c -> c < ' ' || (c >= 0x7f && c < 0xa0)).count(), shown);
      assertEquals(-1, shown.indexOf('\u202e'));
      assertEquals(-1, shown.indexOf('\u2028'));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[8m", "[0;8m", "[38;5;1;8m", "[1;008m"})
  void textIsNeverHidden(String sequence) {
    assertEquals("secret", ProgramLine.show(ESC + sequence + "secret", true));
  }
}
