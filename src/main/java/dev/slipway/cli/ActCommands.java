package dev.slipway.cli;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The short commands that change how a deployment stands. */
final class ActCommands {
  private ActCommands() {}

  /** A command about one deployment. */
  abstract static class OfDeployment extends DeskCommand {
    @Parameters(index = "0", paramLabel = "SLUG", description = "The deployment.")
    String slug = "";
  }

  /** {@code slipway pause}. */
  @Command(name = "pause", description = "Let nothing new start; what runs goes on.")
  static final class Pause extends OfDeployment {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Shown wherever it stands.")
    private @Nullable String reason;

    @Override
    int run(Desk desk) throws IOException {
      return report(acts(desk).pause(desk.slug(slug), Optional.ofNullable(reason)));
    }
  }

  /** {@code slipway resume}. */
  @Command(name = "resume", description = "Let entries start again.")
  static final class Resume extends OfDeployment {
    @Override
    int run(Desk desk) throws IOException {
      return report(acts(desk).resume(desk.slug(slug)));
    }
  }

  /** {@code slipway cancel}. */
  @Command(
      name = "cancel",
      description = "End the release that runs; its event is not deployed again.")
  static final class Cancel extends OfDeployment {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept with the release.")
    private @Nullable String reason;

    @Override
    int run(Desk desk) throws IOException {
      return report(acts(desk).cancel(desk.slug(slug), Optional.ofNullable(reason)));
    }
  }
}
