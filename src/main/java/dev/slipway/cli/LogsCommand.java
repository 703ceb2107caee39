package dev.slipway.cli;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.status.LogTail;
import dev.slipway.status.ReleaseLogs;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway logs}. */
@Command(
    name = "logs",
    description = "What a release said: the newest, or the one that is named.",
    footer = {
      "",
      "With --follow it ends with 0 when the release is over, whatever its outcome (`deploy --wait`"
          + " ends with that), and with 69 when the daemon ended before."
    })
final class LogsCommand extends ActCommands.OfDeployment {
  @Parameters(index = "1", arity = "0..1", paramLabel = "RELEASE", description = "Its number.")
  private @Nullable Integer release;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the release ends.")
  private boolean follow;

  @Option(names = "--json", description = "Print the messages as they are stored.")
  private boolean json;

  @Override
  int run(Desk desk) throws IOException, LedgerUnavailable, InterruptedException {
    Slug deployment = desk.slug(slug);
    ReleaseNumber number = number(desk, deployment);
    ReleaseLogs logs = new ReleaseLogs(desk.sources());
    return switch (logs.find(deployment, number)) {
      case ReleaseLogs.Found.Unknown() ->
          throw new Exit.Early(Exit.FAILED, "slipway: " + deployment + " has no release " + number);
      case ReleaseLogs.Found.Missing(String reason) ->
          throw new Exit.Early(Exit.FAILED, "slipway: " + reason);
      case ReleaseLogs.Found.Here(LogTail tail) -> show(desk, logs, deployment, number, tail);
    };
  }

  private int show(Desk desk, ReleaseLogs logs, Slug deployment, ReleaseNumber number, LogTail tail)
      throws IOException, InterruptedException {
    LogPrinter printer = new LogPrinter(terminal(), json, desk::await);
    if (follow) {
      if (logs.follow(deployment, number, tail, printer) == ReleaseLogs.Ending.CUT_OFF) {
        terminal().remark("the log ends here, without its last message");
      }
      return Exit.DONE;
    }
    for (List<LogTail.Line> lines = tail.next(); !lines.isEmpty(); lines = tail.next()) {
      printer.take(lines);
    }
    return Exit.DONE;
  }

  private ReleaseNumber number(Desk desk, Slug deployment) throws LedgerUnavailable {
    if (release != null) {
      requirePositive("RELEASE", release);
      return new ReleaseNumber(release);
    }
    return desk.sources().history().releases(deployment, Optional.empty(), 1).stream()
        .findFirst()
        .map(Release::version)
        .orElseThrow(
            () -> new Exit.Early(Exit.FAILED, "slipway: " + deployment + " has no release yet"));
  }
}
