package dev.slipway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All the keys there are, and what their names say of each other. */
final class Schema {
  /** The table whose entries are deployments, by slug. */
  static final String DEPLOYMENTS = "deployments";

  static final List<Key<?>> KEYS =
      Stream.<Key<?>>concat(DaemonKeys.ALL.stream(), DeploymentKeys.ALL.stream()).toList();

  /** The tables inside the document, then those inside a deployment. */
  private static final List<String> TABLES =
      List.of("listen", "admin", "github", "database", "secrets", "redis", DEPLOYMENTS);

  private Schema() {}

  /** The keys of a table, in the order they are shown. */
  static List<Key<?>> keys(String table) {
    return KEYS.stream().filter(key -> key.table().equals(table)).toList();
  }

  /** The tables in a table. */
  static List<String> tables(String table) {
    return switch (table) {
      case DaemonKeys.TOP -> TABLES;
      case DeploymentKeys.DEPLOYMENT -> List.of("health");
      default -> List.of();
    };
  }

  /** Every name that may stand in a table. */
  static List<String> names(String table) {
    var names = new ArrayList<String>();
    for (Key<?> key : keys(table)) {
      names.add(key.name());
      if (key.isSecret()) {
        names.add(key.fileName());
      }
    }
    names.addAll(tables(table));
    return names;
  }

  /** The key of this path, also by the form that names a file. */
  static Optional<Key<?>> key(String path) {
    return KEYS.stream()
        .filter(key ->
            key.path().equals(path)
                || (key.isSecret() && KeyPath.join(key.table(), key.fileName()).equals(path)))
        .findFirst();
  }

  /** The other form of a secret's key: the file's for the value's, the value's for the file's. */
  static Optional<String> otherForm(String table, String name) {
    return keys(table).stream()
        .filter(Key::isSecret)
        .flatMap(key ->
            key.name().equals(name)
                ? Stream.of(key.fileName())
                : key.fileName().equals(name) ? Stream.of(key.name()) : Stream.empty())
        .findFirst();
  }

  /** Where else this name is known, for an operator to choose from; empty where nowhere. */
  static String elsewhere(String name) {
    return KEYS.stream()
        .filter(key -> key.name().equals(name) && !key.table().equals(DeploymentKeys.STEP))
        .map(key ->
            "\""
                + key.path().replace("*", "<slug>")
                + "\""
                + (key.table().isEmpty() ? " before the first [table]" : ""))
        .collect(Collectors.joining(" or "));
  }
}
