package dev.slipway.cli;

import dev.slipway.event.JsonObject;
import dev.slipway.status.Answer;
import dev.slipway.status.Queues;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway queue}. */
@Command(
    name = "queue",
    description = "The queues, by hand.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QueueCommand.ListEntries.class,
      QueueCommand.Retry.class,
      QueueCommand.Drop.class
    })
final class QueueCommand {
  /** {@code slipway queue list}. */
  @Command(name = "list", description = "The entries of one queue, or of all, oldest first.")
  static final class ListEntries extends DeskCommand {
    @Parameters(
        index = "0",
        arity = "0..1",
        paramLabel = "SLUG",
        description = "One deployment, or dispatcher: what is not routed.")
    private @Nullable String slug;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "1000",
        description = "At most so many entries (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    int run(Desk desk) throws IOException {
      requirePositive("--limit", limit);
      Queues queues = new Queues(desk.sources());
      Queues.Page page = page(desk, queues);
      List<JsonObject> entries = page.entries().stream().map(Views::entry).toList();
      if (page.total() > entries.size()) {
        terminal().remark("the first " + entries.size() + " of " + page.total());
      }
      return json ? printJson(entries) : table(entries);
    }

    private Queues.Page page(Desk desk, Queues queues) throws IOException {
      if (slug == null) {
        return queues.all(limit);
      }
      return slug.equals(Slug.DISPATCHER)
          ? queues.unrouted(limit)
          : queues.of(desk.slug(slug), limit);
    }

    private int table(List<JsonObject> entries) {
      if (entries.isEmpty()) {
        print("nothing waits, runs or has failed");
        return Exit.DONE;
      }
      Table table = new Table("QUEUE", "ENTRY", "STATE", "EVENT", "REF", "COMMIT", "REASON");
      for (JsonObject entry : entries) {
        String state = Cells.text(entry, "state");
        table
            .row()
            .cell(Cells.text(entry, "deployment"))
            .cell(Cells.text(entry, "entry"))
            .cell(state, Ink.of(state))
            .cell(Cells.text(entry, "event_id"))
            .cell(Cells.ref(Cells.text(entry, "ref")))
            .cell(Cells.commit(Cells.text(entry, "commit")))
            .cell(Cells.firstLine(Cells.text(entry, "reason")));
      }
      table.print(terminal());
      return Exit.DONE;
    }
  }

  /** {@code slipway queue retry}. */
  @Command(
      name = "retry",
      description =
          "Let a failed entry, or all of them, wait again; dispatcher ENTRY: route a corrupt one"
              + " anew.")
  static final class Retry extends ActCommands.OfDeployment {
    @Parameters(index = "1", arity = "0..1", paramLabel = "ENTRY", description = "The entry.")
    private @Nullable String entry;

    @Option(names = "--all", description = "All that failed.")
    private boolean all;

    @Override
    int run(Desk desk) throws IOException {
      if (all == (entry != null)) {
        throw new Exit.Early(Exit.USAGE, "slipway: give an entry, or --all");
      }
      if (slug.equals(Slug.DISPATCHER)) {
        return report(acts(desk).retryCorrupt(oneOf(entry)));
      }
      Slug deployment = desk.slug(slug);
      Optional<String> one = Optional.ofNullable(entry);
      Answer answer =
          one.isPresent()
              ? acts(desk).retry(deployment, one.get())
              : acts(desk).retryAll(deployment);
      return report(answer);
    }

    private static String oneOf(@Nullable String entry) {
      if (entry == null) {
        throw new Exit.Early(
            Exit.USAGE,
            "slipway: what was put aside as no event is retried one by one: give ENTRY");
      }
      return entry;
    }
  }

  /** {@code slipway queue drop}. */
  @Command(
      name = "drop",
      description = "Remove an entry that waits or failed; dispatcher ENTRY: a corrupt one.")
  static final class Drop extends ActCommands.OfDeployment {
    @Parameters(index = "1", paramLabel = "ENTRY", description = "The entry.")
    private String entry = "";

    @Override
    int run(Desk desk) throws IOException {
      return report(
          slug.equals(Slug.DISPATCHER)
              ? acts(desk).dropCorrupt(entry)
              : acts(desk).drop(desk.slug(slug), entry));
    }
  }
}
