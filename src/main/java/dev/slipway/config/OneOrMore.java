package dev.slipway.config;

import java.util.List;
import java.util.Optional;

/** A list whose single item may stand without brackets. */
record OneOrMore<T>(Kind<List<T>> list) implements Kind<List<T>> {
  @Override
  public String expected() {
    return list.expected();
  }

  @Override
  public Optional<List<T>> read(Value value, String key, Findings findings) {
    return list.read(bracketed(value), key, findings);
  }

  @Override
  public Value shown(Value value) {
    return list.shown(bracketed(value));
  }

  @Override
  public Value fromEnvironment(Value read, String raw) {
    return list.fromEnvironment(read, raw);
  }

  private static Value bracketed(Value value) {
    return value instanceof Value.Text ? new Value.Items(List.of(value), value.place()) : value;
  }
}
