package dev.slipway.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secrets that {@code KEY_file} takes from files: the whole content without the line end, for
 * {@code webhook_secrets} one in each line.
 */
final class SecretFiles {
  private static final FileKind NAME = new FileKind(false);
  private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+$");

  private SecretFiles() {}

  /** The content in the place of the key; the file's name stays beside it, made absolute. */
  static Value.Table fill(Value.Table document, Findings findings) {
    Value.Table filled = document;
    for (Key<?> key : DaemonKeys.ALL) {
      Value.Table table = filled.table(key.table());
      Optional<Value> file = key.isSecret() ? table.find(key.fileName()) : Optional.empty();
      if (file.isPresent()) {
        filled = filled.with(key.table(), fill(key, table, file.get(), findings));
      }
    }
    return filled;
  }

  private static Value.Table fill(Key<?> key, Value.Table table, Value file, Findings findings) {
    String path = KeyPath.join(key.table(), key.fileName());
    if (table.find(key.name()).isPresent()) {
      findings.fault(
          file.place(),
          path,
          "found beside \"" + key.name() + "\"",
          "expected one of the two: the value, or the file that holds it");
      return table.without(key.fileName());
    }
    Optional<Path> name = NAME.read(file, path, findings);
    if (name.isEmpty()) {
      return table;
    }
    Value.Table named = table.with(key.fileName(), NAME.shown(file));
    return content(name.get(), path, file.place(), findings)
        .map(text -> named.with(key.name(), secret(key, text, file.place())))
        .orElse(named);
  }

  private static Optional<String> content(Path file, String path, Place place, Findings findings) {
    try {
      String text = ConfigFiles.text(file);
      if (!text.isBlank()) {
        return Optional.of(text);
      }
      findings.fault(
          place, path, "found " + file + ", which is empty", "expected a file that holds a secret");
    } catch (IOException unreadable) {
      findings.fault(
          place,
          path,
          "found " + file + ": " + ConfigFiles.reason(unreadable),
          "expected a file that this user can read");
    }
    return Optional.empty();
  }

  private static Value secret(Key<?> key, String content, Place place) {
    return key.equals(DaemonKeys.WEBHOOK_SECRETS)
        ? new Value.Items(
            content
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> (Value) new Value.Text(line, place))
                .toList(),
            place)
        : new Value.Text(LINE_ENDS.matcher(content).replaceFirst(""), place);
  }
}
