package dev.slipway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds every table against the list of known keys: unknown names, missing keys, values of the
 * wrong kind, keys that this version does not act on. Each answer is the table as it is shown:
 * defaults filled in, secrets masked, paths absolute.
 */
final class Check {
  private Check() {}

  static Value.Table document(Value.Table document, Findings findings) {
    Value.Table shown = keys(DaemonKeys.TOP, "", document, findings);
    for (String name : Schema.tables(DaemonKeys.TOP)) {
      shown = withTable(shown, name, name, "", document, findings);
    }
    return shown;
  }

  /** The keys of one table; the tables in it are left out of the answer. */
  static Value.Table keys(String pattern, String path, Value.Table table, Findings findings) {
    List<String> known = Schema.names(pattern);
    table
        .entries()
        .forEach((name, value) -> {
          if (!known.contains(name)) {
            unknown(value.place(), KeyPath.join(path, name), name, known, findings);
          }
        });
    var shown = new LinkedHashMap<String, Value>();
    for (Key<?> key : Schema.keys(pattern)) {
      key(key, KeyPath.join(path, key.name()), table, findings)
          .ifPresent(value -> shown.put(shownName(key, table), value));
    }
    return new Value.Table(shown, table.place());
  }

  private static Optional<Value> key(
      Key<?> key, String path, Value.Table table, Findings findings) {
    Optional<Value> written = table.find(key.name());
    if (written.isEmpty()) {
      if (key.trait() == Key.Trait.REQUIRED) {
        findings.missing(table.place(), path, key.kind().expected());
      }
      return table.find(shownName(key, table)).or(key::fallback);
    }
    Value value = written.get();
    if (!NotYet.isEncrypted(path, value, findings)) {
      NotYet.check(key.path(), path, value, findings);
      key.kind().read(value, path, findings);
    }
    return table.find(key.fileName()).or(() -> Optional.of(key.kind().shown(value)));
  }

  /** A secret that a file holds is shown by the file's name. */
  private static String shownName(Key<?> key, Value.Table table) {
    return key.isSecret() && table.find(key.fileName()).isPresent() ? key.fileName() : key.name();
  }

  private static Value.Table withTable(
      Value.Table shown,
      String name,
      String pattern,
      String path,
      Value.Table parent,
      Findings findings) {
    Value value = parent.find(name).orElseGet(() -> Value.Table.empty(parent.place()));
    String here = KeyPath.join(path, name);
    if (!(value instanceof Value.Table table)) {
      findings.mismatch(value, here, value.kind(), "a table, [" + here + "]");
      return shown;
    }
    if (parent.find(name).isPresent()) {
      NotYet.check(pattern, here, value, findings);
    }
    Value.Table inside =
        name.equals(Schema.DEPLOYMENTS)
            ? deployments(table, findings)
            : keys(pattern, here, table, findings);
    return inside.entries().isEmpty() ? shown : shown.with(name, inside);
  }

  private static Value.Table deployments(Value.Table deployments, Findings findings) {
    Value.Table shown = Value.Table.empty(deployments.place());
    for (var entry : deployments.entries().entrySet()) {
      String path = KeyPath.join(Schema.DEPLOYMENTS, entry.getKey());
      if (!(entry.getValue() instanceof Value.Table table)) {
        findings.mismatch(
            entry.getValue(), path, entry.getValue().kind(), "a table, [deployments.<slug>]");
        continue;
      }
      Texts.SLUG.read(new Value.Text(entry.getKey(), table.place()), path, findings);
      Value.Table inside = keys(DeploymentKeys.DEPLOYMENT, path, table, findings);
      inside = withTable(inside, "health", DeploymentKeys.HEALTH, path, table, findings);
      shown = shown.with(entry.getKey(), inside);
    }
    return shown;
  }

  private static void unknown(
      Place place, String path, String name, List<String> known, Findings findings) {
    String elsewhere = Schema.elsewhere(name);
    Optional<String> meant =
        elsewhere.isEmpty()
            ? Nearest.to(name, known).map(near -> "\"" + near + "\"")
            : Optional.of(elsewhere);
    findings.fault(
        place,
        path,
        "unknown key",
        meant
            .map(names -> "did you mean " + names + "?")
            .orElseGet(() ->
                "expected one of " + known.stream().sorted().collect(Collectors.joining(", "))));
  }
}
