package dev.slipway.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program's own options, and its commands. */
@Command(
    name = "slipway",
    description = "A push to GitHub becomes a release on your own server.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    sortOptions = false,
    subcommands = {
      DemoCommand.class,
      Serve.class,
      DeployCommand.class,
      StatusCommand.class,
      QueueCommand.class,
      ActCommands.Pause.class,
      ActCommands.Resume.class,
      ReleasesCommand.class,
      LogsCommand.class,
      RollbackCommand.class,
      ActCommands.Cancel.class,
      MigrateCommand.class,
      ConfigCommand.class,
      CommandLine.HelpCommand.class
    })
final class SlipwayCommand {
  private final Terminal terminal;

  @Option(
      names = "--config",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description =
          "The configuration: a TOML file, or a directory with slipway.toml and slipway.d/*.toml."
              + " Default: $$SLIPWAY_CONFIG, else /etc/slipway, else ./config.")
  private @Nullable Path config;

  SlipwayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  Optional<Path> config() {
    return Optional.ofNullable(config);
  }
}
