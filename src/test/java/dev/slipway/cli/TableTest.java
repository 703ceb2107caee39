package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TableTest {
  private final Screen screen = Screen.plain();

  @Test
  void aColumnIsAsWideAsItsWidestCell() {
    Table table = new Table("NAME", "N", "WHY");
    table.row().cell("website").cell(1).cell("paused");
    table.row().cell("x").cell(1_000).cell("");
    table.print(screen.terminal());
    assertEquals(
        """
        NAME     N     WHY
        website  1     paused
        x        1000
        """,
        screen.out());
  }

  @Test
  void aTableWithoutRowsIsItsHeadings() {
    new Table("A", "B").print(screen.terminal());
    assertEquals("A  B\n", screen.out());
  }

  @Test
  void charactersAreCountedNotBytesNorSurrogates() {
    Table table = new Table("REF", "N");
    table.row().cell("\ud83d\ude80\ud83d\ude80é").cell(1);
    table.row().cell("abcd").cell(2);
    table.print(screen.terminal());
    assertEquals("REF   N\n\ud83d\ude80\ud83d\ude80é   1\nabcd  2\n", screen.out());
  }

  @Test
  void whatACellHoldsCannotMoveTheCursor() {
    Table table = new Table("REF");
    table.row().cell("\u001b[2J\r\nx\u202ey");
    table.print(screen.terminal());
    assertEquals("REF\n\ufffd[2J\ufffd\ufffdx\ufffdy\n", screen.out());
  }

  @Test
  void coloursDoNotChangeTheWidths() {
    Screen coloured = Screen.coloured();
    Table table = new Table("STATE", "N");
    table.row().cell("failed", Ink.BAD).cell(1);
    table.row().cell("ok").cell(2);
    table.print(coloured.terminal());
    assertEquals(
        "\u001b[1mSTATE\u001b[0m   \u001b[1mN\u001b[0m\n\u001b[31mfailed\u001b[0m  1\nok      2\n",
        coloured.out());
  }
}
