package dev.slipway.cli;

import dev.slipway.config.Config;
import dev.slipway.config.ConfigReader;
import dev.slipway.config.Reading;
import dev.slipway.config.Surroundings;
import java.nio.file.Path;
import java.util.Optional;

/** The configuration as a command gets it. */
final class Settings {
  private Settings() {}

  /** Reads it; what is wrong with it goes to standard error, every fault at once. */
  static Reading.Valid read(Optional<Path> named, Terminal terminal) {
    return valid(ConfigReader.read(named, Surroundings.ofThisProcess()), terminal);
  }

  /** What is valid; anything else ends the command, having been said. */
  static Reading.Valid valid(Reading reading, Terminal terminal) {
    reading.warnings().forEach(warning -> terminal.remark("warning: " + warning));
    return switch (reading) {
      case Reading.Valid valid -> valid;
      case Reading.Invalid invalid -> {
        invalid.faults().forEach(fault -> terminal.remark(fault.toString()));
        int count = invalid.faults().size();
        throw new Exit.Early(
            Exit.CONFIG,
            "the configuration is invalid: " + count + (count == 1 ? " fault" : " faults"));
      }
    };
  }

  /** The configuration alone. */
  static Config config(Optional<Path> named, Terminal terminal) {
    return read(named, terminal).config();
  }
}
