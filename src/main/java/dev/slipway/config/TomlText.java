package dev.slipway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads TOML into values that know their lines. A syntax error is one fault, with its line. */
final class TomlText {
  private static final TomlMapper TOML =
      TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();

  private final Place document;
  private final Map<String, Integer> lines;

  private TomlText(Place document, Map<String, Integer> lines) {
    this.document = document;
    this.lines = lines;
  }

  /** The document as a table; empty, after a fault, where it is not TOML. */
  static Optional<Value.Table> read(Document document, Findings findings) {
    try {
      JsonNode root = TOML.readTree(document.text());
      var reader = new TomlText(document.line(0), TomlLines.of(document.text()));
      return Optional.of(reader.table(root, "", document.line(0)));
    } catch (JsonProcessingException malformed) {
      findings.unreadable(
          document.line(malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr()),
          "not TOML: " + sentence(malformed),
          "expected TOML 1.0, in which every text stands in quotes");
    } catch (DateTimeException malformed) {
      findings.unreadable(document.line(0), "not TOML", "expected TOML 1.0, with dates that exist");
    }
    return Optional.empty();
  }

  /** The text read as one TOML value; empty where it is none. */
  static Optional<Value> value(String text, Place place) {
    try {
      JsonNode root = TOML.readTree("value = " + text);
      return root.size() == 1
          ? root.properties().stream()
              .map(entry -> new TomlText(place, Map.of()).value(entry.getValue(), "", place))
              .findFirst()
          : Optional.empty();
    } catch (JsonProcessingException | DateTimeException malformed) {
      return Optional.empty();
    }
  }

  /** The parser's own sentence, which names no content of the document. */
  private static String sentence(JsonProcessingException malformed) {
    String message = malformed.getOriginalMessage();
    return message.isEmpty()
        ? "malformed"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private Value value(JsonNode node, String pointer, Place parent) {
    Place place = place(pointer, parent);
    return switch (node.getNodeType()) {
      case OBJECT -> table(node, pointer, place);
      case ARRAY -> items(node, pointer, place);
      case STRING -> new Value.Text(node.textValue(), place);
      case BOOLEAN -> new Value.Truth(node.booleanValue(), place);
      case NUMBER ->
          !node.isIntegralNumber()
              ? new Value.Other("a fraction", place)
              : node.canConvertToLong()
                  ? new Value.Whole(node.longValue(), place)
                  : new Value.Other("a number that is too large", place);
      case POJO -> new Value.Other("a date or time", place);
      case BINARY, MISSING, NULL -> new Value.Other("nothing", place);
    };
  }

  private Value.Table table(JsonNode node, String pointer, Place place) {
    var entries = new LinkedHashMap<String, Value>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String inside = TomlLines.pointer(pointer, entry.getKey());
      entries.put(entry.getKey(), value(entry.getValue(), inside, place));
    }
    return new Value.Table(entries, place);
  }

  private Value.Items items(JsonNode node, String pointer, Place place) {
    List<Value> items = new ArrayList<>();
    for (JsonNode item : node) {
      items.add(value(item, pointer + "/" + items.size(), place));
    }
    return new Value.Items(items, place);
  }

  private Place place(String pointer, Place parent) {
    Integer line = lines.get(pointer);
    return line == null ? parent : new Place(document.source(), line, document.folder());
  }
}
