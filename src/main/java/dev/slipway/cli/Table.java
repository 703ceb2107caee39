package dev.slipway.cli;

import dev.slipway.vocabulary.Printable;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, aligned by spaces; a column is as wide as its widest cell. */
final class Table {
  private static final String GAP = "  ";

  private record Cell(String text, Ink ink) {}

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings = List.of(headings);
  }

  /** A row that is being filled, cell by cell. */
  static final class Row {
    private final List<Cell> cells = new ArrayList<>();

    private Row() {}

    Row cell(Object text) {
      return cell(text, Ink.PLAIN);
    }

    Row cell(Object text, Ink ink) {
      cells.add(new Cell(Printable.of(text.toString()), ink));
      return this;
    }
  }

  Row row() {
    Row row = new Row();
    rows.add(row.cells);
    return row;
  }

  void print(Terminal terminal) {
    List<Cell> top = headings.stream().map(text -> new Cell(text, Ink.STRONG)).toList();
    print(top, terminal);
    rows.forEach(row -> print(row, terminal));
  }

  private void print(List<Cell> row, Terminal terminal) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.get(i);
      line.append(cell.ink().paint(cell.text(), terminal.colour()));
      if (i < row.size() - 1) {
        line.append(" ".repeat(width(i) - length(cell.text()))).append(GAP);
      }
    }
    terminal.out().println(line.toString().stripTrailing());
  }

  private int width(int column) {
    int widest = length(headings.get(column));
    for (List<Cell> row : rows) {
      widest = Math.max(widest, length(row.get(column).text()));
    }
    return widest;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
