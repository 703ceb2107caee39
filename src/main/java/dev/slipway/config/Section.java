package dev.slipway.config;

import java.util.Optional;

/**
 * Typed reading of one table that {@link Check} has looked at: silent, since every fault is told
 * there.
 */
record Section(Value.Table table) {
  /** The value, or the key's default; empty where there is neither, or a wrong one. */
  <T> Optional<T> find(Key<T> key) {
    return table
        .find(key.name())
        .or(key::fallback)
        .flatMap(value -> key.kind().read(value, key.name(), new Findings()));
  }

  /** The value of a key that has a default or is required, in a table without faults. */
  <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("no value of " + key.path()));
  }

  boolean has(Key<?> key) {
    return table.find(key.name()).isPresent();
  }

  /** Where the key is written, or else its table. */
  Place place(Key<?> key) {
    return table.find(key.name()).map(Value::place).orElse(table.place());
  }
}
