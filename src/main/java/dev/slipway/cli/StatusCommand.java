package dev.slipway.cli;

import dev.slipway.app.Health;
import dev.slipway.app.Outlook;
import dev.slipway.dispatch.Route;
import dev.slipway.status.Snapshot;
import dev.slipway.status.Snapshots;
import dev.slipway.status.Standing;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.CommitId;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway status}. */
@Command(
    name = "status",
    description = "Each deployment: trigger, state, last release, commit, age, queue, failures.")
final class StatusCommand extends DeskCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  int run(Desk desk) throws IOException {
    Snapshot snapshot = new Snapshots(desk.sources()).take();
    snapshot.warning().ifPresent(text -> terminal().remark("warning: " + text));
    if (desk.isDaemonRunning()) {
      say(Outlook.of(desk.sources().spool()));
    }
    if (json) {
      return printJson(Views.deployments(snapshot));
    }
    if (snapshot.deployments().isEmpty()) {
      print("no deployment is configured");
    } else {
      table(snapshot);
    }
    remarks(desk, snapshot);
    return Exit.DONE;
  }

  /** On the error stream, so that it is seen beside JSON too. */
  private void say(Health health) {
    health.obstacles().forEach(why -> terminal().remark("not ready: " + why));
    health.flaws().forEach(why -> terminal().remark("degraded: " + why));
  }

  private void table(Snapshot snapshot) {
    Table table =
        new Table(
            "DEPLOYMENT", "TRIGGER", "STATE", "RELEASE", "COMMIT", "AGE", "QUEUE", "FAILED", "WHY");
    for (Standing standing : snapshot.deployments()) {
      table
          .row()
          .cell(standing.slug(), Ink.STRONG)
          .cell(standing.route().map(Route::trigger).map(it -> it.describe()).orElse(Cells.NONE))
          .cell(standing.state().word(), Ink.of(standing.state().word()))
          .cell(
              standing
                  .recorded()
                  .newest()
                  .map(release -> release.version() + " " + release.state().word())
                  .orElse(Cells.NONE))
          .cell(standing.commit().map(CommitId::brief).orElse(Cells.NONE))
          .cell(standing.age().map(Cells::ago).orElse(Cells.NONE))
          .cell(standing.queue().waiting())
          .cell(standing.queue().failed(), standing.queue().failed() > 0 ? Ink.BAD : Ink.PLAIN)
          .cell(why(standing));
    }
    table.print(terminal());
  }

  /** What an operator asks next: why it stands as it does. */
  private static String why(Standing standing) {
    Optional<String> paused =
        standing.queue().paused().map(reason -> reason.isEmpty() ? "paused by hand" : reason);
    return paused
        .or(standing::waitingFor)
        .or(standing::failure)
        .map(Cells::firstLine)
        .map(Cells::brief)
        .orElse("");
  }

  private void remarks(Desk desk, Snapshot snapshot) throws IOException {
    if (!desk.isDaemonRunning()) {
      terminal().remark("no daemon works on " + desk.sources().spool().state().root());
    }
    Snapshot.Unrouted unrouted = snapshot.unrouted();
    if (unrouted.waiting() > 0) {
      terminal()
          .remark(Cells.count(unrouted.waiting(), "event waits", "events wait") + " to be routed");
    }
    if (unrouted.corrupt() > 0) {
      terminal()
          .remark(
              Cells.count(unrouted.corrupt(), "entry lies", "entries lie")
                  + " in queues/dispatcher/corrupt; `slipway queue list dispatcher` shows why");
    }
  }
}
