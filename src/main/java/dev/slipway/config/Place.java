package dev.slipway.config;

import java.nio.file.Path;

/**
 * Where a value was written: in a file, or in an environment variable.
 *
 * @param source the file as the operator named it, or the variable's name
 * @param line from 1; 0 where it is not known
 * @param folder what a relative file name in the value is relative to; absolute
 */
public record Place(String source, int line, Path folder) {
  /** The source of a value that nobody wrote. */
  static final String DEFAULT = "(default)";

  /** The place of a default; relative names do not occur in those. */
  static Place ofDefault() {
    return new Place(DEFAULT, 0, Path.of("/"));
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
