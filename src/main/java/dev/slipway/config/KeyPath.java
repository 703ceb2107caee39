package dev.slipway.config;

import dev.slipway.vocabulary.Quoted;
import java.util.regex.Pattern;

/** The path of a key as TOML writes it: {@code deployments.website.steps[2]}. */
final class KeyPath {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private KeyPath() {}

  /** The path of the key {@code name} in the table at {@code path}; empty is the document. */
  static String join(String path, String name) {
    String safe = isBare(name) ? name : Quoted.of(name);
    return path.isEmpty() ? safe : path + "." + safe;
  }

  static String item(String path, int index) {
    return path + "[" + index + "]";
  }

  /** Whether TOML takes the name without quotes. */
  static boolean isBare(String name) {
    return BARE.matcher(name).matches();
  }
}
