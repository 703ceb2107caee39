package dev.slipway.cli;

import dev.slipway.event.Event;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.status.Answer;
import dev.slipway.status.LogTail;
import dev.slipway.status.Order;
import dev.slipway.status.QueueEntry;
import dev.slipway.status.Queues;
import dev.slipway.status.ReleaseLogs;
import dev.slipway.status.Snapshots;
import dev.slipway.status.Standing;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code slipway deploy}. */
@Command(name = "deploy", description = "Queue a release by hand; also the first one.")
final class DeployCommand extends ActCommands.OfDeployment {
  @Option(
      names = "--ref",
      paramLabel = "REF",
      description =
          "A branch, a full reference such as refs/tags/v1, or a whole commit id (default: what the"
              + " deployment follows).")
  private @Nullable String ref;

  @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the release.")
  private @Nullable String note;

  @Option(names = "--wait", description = "Show its log, and end with its outcome.")
  private boolean wait;

  @Override
  int run(Desk desk) throws IOException, InterruptedException, LedgerUnavailable {
    Slug deployment = desk.slug(slug);
    if (wait && !desk.isDaemonRunning()) {
      throw new Exit.Early(
          Exit.UNAVAILABLE,
          "slipway: no daemon works on %s; without --wait the release is queued until one does"
              .formatted(desk.sources().spool().state().root()));
    }
    Answer answer = acts(desk).deploy(deployment, order());
    int said = report(answer);
    if (!wait || !(answer instanceof Answer.Queued(QueueEntry entry, var note))) {
      return said;
    }
    return new Wait(desk, deployment, entry).run();
  }

  private Order order() {
    try {
      return new Order(
          Optional.ofNullable(ref),
          Optional.ofNullable(note),
          System.getProperty("user.name", "unknown"));
    } catch (IllegalArgumentException malformed) {
      throw new Exit.Early(Exit.USAGE, "slipway: " + malformed.getMessage());
    }
  }

  private static EventId id(QueueEntry entry) {
    return switch (entry.content()) {
      case QueueEntry.Content.Readable(Event event) -> event.id();
      case QueueEntry.Content.Unreadable(String reason) -> throw new IllegalStateException(reason);
    };
  }

  /** Waits for what was queued, release by release, until its event has come to an end. */
  private final class Wait {
    private final Desk desk;
    private final Slug deployment;
    private final EventId event;
    private final String entry;
    private String said = "";
    private int shown;

    Wait(Desk desk, Slug deployment, QueueEntry queued) {
      this.desk = desk;
      this.deployment = deployment;
      this.event = id(queued);
      this.entry = queued.place().name().value();
    }

    int run() throws IOException, InterruptedException, LedgerUnavailable {
      while (true) {
        Optional<Release> next = next();
        if (next.isPresent()) {
          show(next.get().version());
        }
        Optional<Integer> end = end();
        if (end.isPresent()) {
          return end.get();
        }
        sayWhatItWaitsFor();
        desk.await();
      }
    }

    /** The first release of the event that was not shown yet. */
    private Optional<Release> next() throws LedgerUnavailable {
      return releases().stream()
          .filter(release -> release.version().value() > shown)
          .reduce((newer, older) -> older);
    }

    private List<Release> releases() throws LedgerUnavailable {
      return desk.sources().history().releasesOf(event, deployment);
    }

    private void show(ReleaseNumber number)
        throws IOException, InterruptedException, LedgerUnavailable {
      shown = number.value();
      ReleaseLogs logs = new ReleaseLogs(desk.sources());
      if (logs.find(deployment, number) instanceof ReleaseLogs.Found.Here(LogTail tail)) {
        logs.follow(deployment, number, tail, new LogPrinter(terminal(), false, desk::await));
      }
    }

    /** What the event ended with; absent while it waits, runs, or is to be tried again. */
    private Optional<Integer> end() throws IOException, LedgerUnavailable {
      Optional<ProcessedEvent> record =
          desk.sources().history().processed(List.of(event)).stream().findFirst();
      if (record.isPresent()) {
        boolean deployed = record.get().outcome().equals("deployed");
        if (!deployed) {
          terminal().remark(record.get().outcome() + ": " + record.get().reason());
        }
        return Optional.of(deployed ? Exit.DONE : Exit.FAILED);
      }
      if (isQueued()) {
        return Optional.empty();
      }
      // Neither recorded nor in the queue: given up, or between the queue and the record.
      boolean parked = new Queues(desk.sources()).find(deployment, entry).isPresent();
      return parked ? Optional.of(Exit.FAILED) : Optional.empty();
    }

    private void sayWhatItWaitsFor() throws IOException {
      String now =
          shown > 0
              ? ""
              : new Snapshots(desk.sources())
                  .of(deployment)
                  .flatMap(Standing::waitingFor)
                  .orElse("");
      if (!now.isEmpty() && !now.equals(said)) {
        terminal().remark("waiting for " + now);
      }
      said = now;
    }

    /** Whether the entry waits or runs: then there is another try to come. */
    private boolean isQueued() throws IOException {
      return desk.sources().isPending(deployment, event);
    }
  }
}
