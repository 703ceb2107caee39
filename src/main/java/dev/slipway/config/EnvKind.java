package dev.slipway.config;

import dev.slipway.vocabulary.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Environment variables for steps. The values may be secrets, so no message shows one. */
record EnvKind() implements Kind<Map<String, String>> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  @Override
  public String expected() {
    return "a table such as { NODE_ENV = \"production\" }";
  }

  @Override
  public Value shown(Value value) {
    if (!(value instanceof Value.Table table)) {
      return value;
    }
    Value.Table shown = table;
    for (Map.Entry<String, Value> variable : table.entries().entrySet()) {
      if (variable.getValue() instanceof Value.Text(String text, Place place)) {
        Veil veil = Secret.isNameOfOne(variable.getKey()) ? Veil.SECRET : Veil.ADDRESS;
        shown = shown.with(variable.getKey(), new Value.Text(veil.shown(text), place));
      }
    }
    return shown;
  }

  @Override
  public Optional<Map<String, String>> read(Value value, String key, Findings findings) {
    if (!(value instanceof Value.Table table)) {
      findings.mismatch(value, key, value.kind(), expected());
      return Optional.empty();
    }
    var variables = new LinkedHashMap<String, String>();
    table
        .entries()
        .forEach((name, content) -> {
          String path = KeyPath.join(key, name);
          if (!NAME.matcher(name).matches()) {
            findings.fault(
                content.place(),
                path,
                "not the name of a variable",
                "expected letters, digits and _, not beginning with a digit");
          } else if (name.startsWith(EnvironmentLayer.PREFIX)) {
            findings.fault(
                content.place(),
                path,
                "a variable that Slipway sets itself",
                "expected a name that does not begin with " + EnvironmentLayer.PREFIX);
          } else if (content instanceof Value.Text(String text, Place _)
              && text.indexOf('\0') < 0) {
            variables.put(name, text);
          } else {
            findings.mismatch(content, path, content.kind(), "a text: put it in quotes");
          }
        });
    return variables.size() == table.entries().size() ? Optional.of(variables) : Optional.empty();
  }
}
