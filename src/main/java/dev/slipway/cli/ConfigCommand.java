package dev.slipway.cli;

import dev.slipway.config.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway config}. */
@Command(
    name = "config",
    description = "Check or show the configuration.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class})
final class ConfigCommand {
  /** {@code slipway config check}. */
  @Command(name = "check", description = "Check the configuration; name every fault at once.")
  static final class Check extends AbstractCommand {
    @Override
    public Integer call() {
      Reading.Valid valid = settings();
      if (valid.forIntake() instanceof Reading.Invalid invalid) {
        invalid.faults().forEach(fault -> terminal().remark("warning: serve needs " + fault));
      }
      print(
          "The configuration is valid: %d deployment%s, from %s"
              .formatted(
                  valid.config().deployments().size(),
                  valid.config().deployments().size() == 1 ? "" : "s",
                  valid.files().isEmpty() ? "no file" : String.join(", ", valid.files())));
      return Exit.DONE;
    }
  }

  /** {@code slipway config show}. */
  @Command(
      name = "show",
      description = "Print the merged configuration with defaults filled in and secrets masked.")
  static final class Show extends AbstractCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
      Reading.Valid valid = settings();
      print((json ? valid.text().json() : valid.text().toml()).stripTrailing());
      return Exit.DONE;
    }
  }
}
