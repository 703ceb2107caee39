package dev.slipway.config;

import dev.slipway.vocabulary.Printable;

/**
 * One thing that is wrong in the configuration. Its text is one line that names the file, the line
 * where it is known, the key, what was found and what is expected, and never holds a secret nor
 * what a terminal would act on:
 *
 * <pre>
 * config/slipway.toml:12: deployments.website.brnach: unknown key; did you mean "branch"?
 * </pre>
 *
 * @param key the path of the key; empty where a whole file is at fault
 */
public record Fault(Place place, String key, String found, String expected) {
  @Override
  public String toString() {
    return Printable.escaped(
        place + ": " + (key.isEmpty() ? "" : key + ": ") + found + "; " + expected);
  }
}
