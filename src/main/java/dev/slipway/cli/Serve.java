package dev.slipway.cli;

import dev.slipway.app.CannotStart;
import dev.slipway.app.Daemon;
import dev.slipway.app.Role;
import dev.slipway.config.Config;
import dev.slipway.config.ConfigReader;
import dev.slipway.config.Reading;
import dev.slipway.config.Surroundings;
import dev.slipway.process.Identity;
import dev.slipway.vocabulary.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway serve}. */
@Command(
    name = "serve",
    description = "Run the daemon until SIGTERM; SIGHUP reads the configuration again.")
final class Serve extends AbstractCommand {
  @Option(
      names = "--role",
      paramLabel = "all|intake|work",
      defaultValue = "all",
      description = "Which part this process is: all (default), intake (the listener) or work.")
  private @Nullable String role;

  @Override
  public Integer call() throws CannotStart, IOException, InterruptedException {
    Role chosen =
        Optional.ofNullable(role)
            .flatMap(Role::of)
            .orElseThrow(() ->
                new Exit.Early(
                    Exit.USAGE,
                    "slipway: --role: found %s; expected all, intake or work"
                        .formatted(Quoted.of(String.valueOf(role)))));
    return run(new Options(named(), chosen), terminal());
  }

  /** What {@code serve} was told. */
  record Options(Optional<Path> config, Role role) {
    /** Reads the plain forms; absent for anything that the parser should judge. */
    static Optional<Options> parse(List<String> arguments) {
      Optional<Path> config = Optional.empty();
      Role role = Role.ALL;
      boolean serve = false;
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i);
        boolean valued = i + 1 < arguments.size();
        if (word.equals("serve") && !serve) {
          serve = true;
        } else if (word.equals("--config") && valued) {
          config = Optional.of(Path.of(arguments.get(++i)));
        } else if (word.equals("--role")
            && serve
            && valued
            && Role.of(arguments.get(i + 1)).isPresent()) {
          role = Role.of(arguments.get(++i)).orElseThrow();
        } else {
          return Optional.empty();
        }
      }
      return serve ? Optional.of(new Options(config, role)) : Optional.empty();
    }
  }

  static int run(Options options, Terminal terminal)
      throws CannotStart, IOException, InterruptedException {
    Config config = Settings.valid(read(options), terminal).config();
    Identity.becomeOwnerOf(config.host().stateDir());
    if (Identity.isRoot()) {
      terminal.remark(
          "warning: running as root; give the state directory to a user of its own, and the"
              + " daemon becomes that user");
    }
    Daemon daemon =
        new Daemon(options.role(), Version.number(), config, () -> again(options, terminal));
    return daemon.serve();
  }

  private static Reading read(Options options) {
    Reading reading = ConfigReader.read(options.config(), Surroundings.ofThisProcess());
    return reading instanceof Reading.Valid valid && options.role() != Role.WORK
        ? valid.forIntake()
        : reading;
  }

  private static Optional<Config> again(Options options, Terminal terminal) {
    try {
      return Optional.of(Settings.valid(read(options), terminal).config());
    } catch (Exit.Early invalid) {
      terminal.remark(String.valueOf(invalid.getMessage()));
      return Optional.empty();
    }
  }
}
