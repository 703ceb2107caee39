package dev.slipway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The name of a file or folder. A relative one means the folder of the file that it is written in.
 *
 * @param absolute whether a relative name is a fault
 */
record FileKind(boolean absolute) implements Kind<Path> {
  @Override
  public String expected() {
    return absolute
        ? "an absolute path, such as \"/srv/website\""
        : "a path; a relative one is taken from this file's folder";
  }

  @Override
  public Optional<Path> read(Value value, String key, Findings findings) {
    if (!(value instanceof Value.Text(String text, Place place))) {
      findings.mismatch(value, key, value.brief(), expected());
      return Optional.empty();
    }
    if (text.isBlank()
        || text.chars().anyMatch(Character::isISOControl)
        || (absolute && !text.startsWith("/"))) {
      findings.mismatch(value, key, value.brief(), expected());
      return Optional.empty();
    }
    try {
      return Optional.of(place.folder().resolve(text).normalize());
    } catch (InvalidPathException malformed) {
      findings.mismatch(value, key, value.brief(), expected());
      return Optional.empty();
    }
  }

  @Override
  public Value shown(Value value) {
    return read(value, "", new Findings())
        .<Value>map(path -> new Value.Text(path.toString(), value.place()))
        .orElse(value);
  }

  @Override
  public Value fromEnvironment(Value read, String raw) {
    return read instanceof Value.Text ? read : new Value.Text(raw, read.place());
  }
}
