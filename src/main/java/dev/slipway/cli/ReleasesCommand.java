package dev.slipway.cli;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.CommitId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway releases}. */
@Command(name = "releases", description = "A deployment's releases, newest first.")
final class ReleasesCommand extends ActCommands.OfDeployment {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  int run(Desk desk) throws IOException, LedgerUnavailable {
    requirePositive("--limit", limit);
    List<Release> releases =
        desk.sources().history().releases(desk.slug(slug), Optional.empty(), limit);
    if (json) {
      return printJson(releases.stream().map(Views::release).toList());
    }
    if (releases.isEmpty()) {
      print("no release yet");
      return Exit.DONE;
    }
    Table table = new Table("RELEASE", "STATE", "COMMIT", "REF", "BY", "STARTED", "TOOK", "REASON");
    for (Release release : releases) {
      String state = release.state().word();
      table
          .row()
          .cell(release.version(), Ink.STRONG)
          .cell(state, Ink.of(state))
          .cell(release.commit().map(CommitId::brief).orElse(Cells.NONE))
          .cell(Cells.ref(release.ref().value()))
          .cell(release.trigger().word())
          .cell(Cells.time(release.startedAt()))
          .cell(
              release
                  .finishedAt()
                  .map(end -> Duration.between(release.startedAt(), end))
                  .map(took -> "%.1fs".formatted(took.toMillis() / 1000.0))
                  .orElse(Cells.NONE))
          .cell(Cells.firstLine(release.reason().orElse("")));
    }
    table.print(terminal());
    return Exit.DONE;
  }
}
