package dev.slipway.config;

import dev.slipway.vocabulary.Printable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a table as TOML 1.0: a header for each table of the document and for each deployment, all
 * that lies deeper in one line.
 */
final class TomlWriter {
  private TomlWriter() {}

  static String document(Value.Table document) {
    var text = new StringBuilder();
    table("", document, text);
    return text.toString();
  }

  private static void table(String path, Value.Table table, StringBuilder text) {
    boolean deployment = path.startsWith(Schema.DEPLOYMENTS + ".");
    for (Map.Entry<String, Value> entry : table.entries().entrySet()) {
      if (deployment || !(entry.getValue() instanceof Value.Table)) {
        text.append(name(entry.getKey()))
            .append(" = ")
            .append(value(entry.getValue()))
            .append('\n');
      }
    }
    if (deployment) {
      return;
    }
    table
        .tables()
        .forEach((name, inside) -> {
          String here = path.isEmpty() ? name(name) : path + "." + name(name);
          if (!here.equals(Schema.DEPLOYMENTS)) {
            text.append("\n[").append(here).append("]\n");
          }
          table(here, inside, text);
        });
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Text(String text, Place _) -> quoted(text);
      case Value.Whole(long number, Place _) -> Long.toString(number);
      case Value.Truth(boolean truth, Place _) -> Boolean.toString(truth);
      case Value.Other(String kind, Place _) -> quoted(kind);
      case Value.Items(List<Value> items, Place _) ->
          items.stream().map(TomlWriter::value).collect(Collectors.joining(", ", "[", "]"));
      case Value.Table table ->
          table.entries().isEmpty()
              ? "{}"
              : table.entries().entrySet().stream()
                  .map(entry -> name(entry.getKey()) + " = " + value(entry.getValue()))
                  .collect(Collectors.joining(", ", "{ ", " }"));
    };
  }

  private static String name(String name) {
    return KeyPath.isBare(name) ? name : quoted(name);
  }

  /** A basic string; characters that a terminal would act on are escaped. */
  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '"', '\\' -> quoted.append('\\').appendCodePoint(point);
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
              if (!Printable.isHarmless(point)) {
                quoted.append(String.format(point > 0xffff ? "\\U%08x" : "\\u%04x", point));
              } else {
                quoted.appendCodePoint(point);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }
}
