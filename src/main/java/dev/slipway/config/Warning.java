package dev.slipway.config;

import dev.slipway.vocabulary.Printable;

/**
 * Something in the configuration that an operator should know of, and that does not make it
 * invalid.
 *
 * @param key the path of the key; empty where none is concerned
 */
public record Warning(Place place, String key, String text) {
  @Override
  public String toString() {
    return Printable.escaped(place + ": " + (key.isEmpty() ? "" : key + ": ") + text);
  }
}
