package dev.slipway.cli;

import dev.slipway.config.Config;
import dev.slipway.config.Reading;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: the terminal and the configuration. */
abstract class AbstractCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  private SlipwayCommand program() {
    if (spec == null) {
      throw new IllegalStateException("a command runs only when it was parsed");
    }
    return (SlipwayCommand) spec.root().userObject();
  }

  final Terminal terminal() {
    return program().terminal();
  }

  /** The configuration that the command line names. */
  final Optional<Path> named() {
    return program().config();
  }

  final Reading.Valid settings() {
    return Settings.read(named(), terminal());
  }

  final Config config() {
    return settings().config();
  }

  final void print(Object line) {
    terminal().out().println(line);
  }
}
