package dev.slipway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * The configuration as it is in effect: the layers merged, defaults filled in, secrets masked.
 * Where no value is masked, reading {@link #toml} gives the same configuration again.
 */
public final class ConfigText {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Value.Table shown;

  ConfigText(Value.Table shown) {
    this.shown = shown;
  }

  /** As a TOML document, with a line end. */
  public String toml() {
    return TomlWriter.document(shown);
  }

  /** As a JSON object of the same keys, with a line end. */
  public String json() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node(shown)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values is JSON", impossible);
    }
  }

  private static JsonNode node(Value value) {
    return switch (value) {
      case Value.Text(String text, Place _) -> NODES.textNode(text);
      case Value.Whole(long number, Place _) -> NODES.numberNode(number);
      case Value.Truth(boolean truth, Place _) -> NODES.booleanNode(truth);
      case Value.Other(String kind, Place _) -> NODES.textNode(kind);
      case Value.Items(List<Value> items, Place _) -> {
        var list = NODES.arrayNode();
        items.forEach(item -> list.add(node(item)));
        yield list;
      }
      case Value.Table table -> {
        var object = NODES.objectNode();
        table.entries().forEach((name, inside) -> object.set(name, node(inside)));
        yield object;
      }
    };
  }
}
