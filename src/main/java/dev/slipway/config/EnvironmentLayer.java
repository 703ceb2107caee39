package dev.slipway.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys from environment variables: {@code SLIPWAY_DATABASE__URL} is {@code database.url}. A value
 * is read as TOML, else as a text. The tables of deployments cannot be set so.
 */
final class EnvironmentLayer {
  static final String PREFIX = "SLIPWAY_";

  /** The program's own variables, and those it gives to steps, which a step may pass on to it. */
  static final Set<String> NO_KEYS =
      Set.of(
          "SLIPWAY_CONFIG",
          "SLIPWAY_KEY_FILE",
          "SLIPWAY_DEPLOYMENT",
          "SLIPWAY_REPOSITORY",
          "SLIPWAY_REF",
          "SLIPWAY_BRANCH",
          "SLIPWAY_COMMIT",
          "SLIPWAY_PREVIOUS_COMMIT",
          "SLIPWAY_RELEASE",
          "SLIPWAY_EVENT_ID",
          "SLIPWAY_EVENT_FILE",
          "SLIPWAY_PATH",
          "SLIPWAY_RUN");

  private static final String SEPARATOR = "__";

  private EnvironmentLayer() {}

  static Value.Table of(Surroundings surroundings, Findings findings) {
    var layer = Value.Table.empty(Place.ofDefault());
    for (Map.Entry<String, String> entry : new TreeMap<>(surroundings.environment()).entrySet()) {
      String variable = entry.getKey();
      if (!variable.startsWith(PREFIX) || NO_KEYS.contains(variable)) {
        continue;
      }
      Place place = new Place(variable, 0, surroundings.workingDirectory());
      String path =
          variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace(SEPARATOR, ".");
      Optional<Key<?>> key =
          path.startsWith(Schema.DEPLOYMENTS + ".") ? Optional.empty() : Schema.key(path);
      if (key.isEmpty()) {
        findings.warning(place, "", "no key of the configuration" + hint(path));
      } else {
        Value value = value(key.get(), path, entry.getValue(), place);
        layer = with(layer, path, value);
      }
    }
    return layer;
  }

  private static Value value(Key<?> key, String path, String raw, Place place) {
    Value read = TomlText.value(raw, place).orElseGet(() -> new Value.Text(raw, place));
    boolean namesFile = !key.path().equals(path);
    return namesFile ? new Value.Text(raw, place) : key.kind().fromEnvironment(read, raw);
  }

  private static Value.Table with(Value.Table layer, String path, Value value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return layer.with(path, value);
    }
    String table = path.substring(0, dot);
    Value.Table inside =
        layer.find(table).isPresent() ? layer.table(table) : Value.Table.empty(value.place());
    return layer.with(table, inside.with(path.substring(dot + 1), value));
  }

  private static String hint(String path) {
    if (path.equals(Schema.DEPLOYMENTS) || path.startsWith(Schema.DEPLOYMENTS + ".")) {
      return "; deployments are set in files alone";
    }
    List<String> variables = DaemonKeys.ALL.stream().map(key -> variable(key.path())).toList();
    return Nearest.to(variable(path), variables)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }

  /** The variable that sets the key. */
  static String variable(String path) {
    return PREFIX + path.replace(".", SEPARATOR).toUpperCase(Locale.ROOT);
  }
}
