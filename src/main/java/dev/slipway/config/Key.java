package dev.slipway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * One known key.
 *
 * @param table the table it stands in; {@code *} is a deployment's slug, empty the document
 * @param fallback the value where the key is left out
 */
record Key<T>(String table, String name, Kind<T> kind, Optional<Value> fallback, Trait trait) {
  /** What is special about a key. */
  enum Trait {
    PLAIN,
    /** Its table cannot do without it. */
    REQUIRED,
    /** It is masked, and the same key with {@code _file} names a file that holds it. */
    SECRET
  }

  private static final String FILE = "_file";

  static <T> Key<T> of(String table, String name, Kind<T> kind) {
    return new Key<>(table, name, kind, Optional.empty(), Trait.PLAIN);
  }

  Key<T> required() {
    return new Key<>(table, name, kind, fallback, Trait.REQUIRED);
  }

  Key<T> secret() {
    return new Key<>(table, name, kind, fallback, Trait.SECRET);
  }

  Key<T> or(String text) {
    return or(new Value.Text(text, Place.ofDefault()));
  }

  Key<T> or(long number) {
    return or(new Value.Whole(number, Place.ofDefault()));
  }

  Key<T> or(boolean truth) {
    return or(new Value.Truth(truth, Place.ofDefault()));
  }

  Key<T> or(List<String> texts) {
    return or(
        new Value.Items(
            texts.stream().map(text -> (Value) new Value.Text(text, Place.ofDefault())).toList(),
            Place.ofDefault()));
  }

  /** A table without entries. */
  Key<T> orNothing() {
    return or(new Value.Table(new LinkedHashMap<>(), Place.ofDefault()));
  }

  private Key<T> or(Value value) {
    return new Key<>(table, name, kind, Optional.of(value), trait);
  }

  boolean isSecret() {
    return trait == Trait.SECRET;
  }

  /** The name of the key that names a file in this one's place. */
  String fileName() {
    return name + FILE;
  }

  /** Such as {@code deployments.*.branch}. */
  String path() {
    return table.isEmpty() ? name : table + "." + name;
  }
}
