package dev.slipway.status;

import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Trigger;
import dev.slipway.event.Event;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Push;
import dev.slipway.ledger.Release;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.GitRef;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The JSON that the command line and the API answer with. Members are named as the record store's
 * columns; one that has no value is {@code null}, never left out.
 */
public final class Views {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Views() {}

  /** A list of deployments, in the order of their slugs. */
  public static List<JsonObject> deployments(Snapshot snapshot) {
    return snapshot.deployments().stream().map(Views::deployment).toList();
  }

  /** One deployment. */
  public static JsonObject deployment(Standing standing) {
    JsonObject view =
        new JsonObject()
            .with("deployment", standing.slug())
            .with("repository", standing.route().map(Route::repository))
            .with("trigger", standing.route().map(route -> route.trigger().describe()));
    standing.route().map(Route::trigger).ifPresent(trigger -> describe(view, trigger));
    return view.with("enabled", standing.route().filter(Route::enabled).isPresent())
        .with("state", standing.state().word())
        .with("paused", standing.queue().paused())
        .with("last_release", standing.recorded().newest().map(Views::release))
        .with("commit", standing.commit())
        .with("age", standing.age().map(age -> age.toSeconds()))
        .with("queue_depth", standing.queue().waiting())
        .with("active", standing.queue().active().map(Views::entry))
        .with("failed_entries", standing.queue().failed())
        .with("waiting_for", standing.waitingFor())
        .with("warning", standing.recorded().warning());
  }

  /** The trigger once more, under the key that it has in the configuration. */
  private static void describe(JsonObject view, Trigger trigger) {
    switch (trigger) {
      case Trigger.Branch(GitRef ref) -> view.with("branch", ref.branch());
    }
  }

  /** One release. */
  public static JsonObject release(Release release) {
    return new JsonObject()
        .with("deployment", release.deployment())
        .with("version", release.version().value())
        .with("commit", release.commit())
        .with("ref", release.ref())
        .with("event_id", release.event())
        .with("trigger", release.trigger().word())
        .with("host", release.host())
        .with("state", release.state().word())
        .with("started_at", release.startedAt())
        .with("finished_at", release.finishedAt())
        .with("reason", release.reason());
  }

  /** One entry of a queue. */
  public static JsonObject entry(QueueEntry entry) {
    Optional<Event> event = event(entry);
    Optional<Push> push = event.map(Event::content).flatMap(Views::push);
    return new JsonObject()
        .with("deployment", entry.place().queue())
        .with("entry", entry.place().name())
        .with("state", entry.place().state().word())
        .with("event_id", event.map(Event::id))
        .with("event", event.map(read -> read.content().kind()))
        .with("received_at", event.map(Event::receivedAt).or(() -> accepted(entry.place().name())))
        .with("source", event.map(read -> read.source().word()))
        .with("ref", push.map(Push::ref))
        .with("commit", push.flatMap(Push::commit))
        .with("reason", entry.reason().or(() -> fault(entry)))
        .with("attempts", entry.retry().map(Retry::attempts).orElse(0))
        .with("next_try", entry.retry().map(Retry::notBefore));
  }

  /** What became of something that was asked for. */
  public static JsonObject answer(Answer answer) {
    return switch (answer) {
      case Answer.Queued(QueueEntry entry, Optional<String> note) ->
          entry(entry).with("note", note);
      case Answer.Paused(var slug, String reason) ->
          new JsonObject().with("deployment", slug).with("paused", reason);
      case Answer.Resumed(var slug) ->
          new JsonObject().with("deployment", slug).with("paused", null);
      case Answer.Cancelling(var slug, EntryName entry, String reason) ->
          new JsonObject()
              .with("deployment", slug)
              .with("entry", entry)
              .with("state", "cancelling")
              .with("reason", reason);
      case Answer.Retried(var queue, List<EntryName> entries) ->
          new JsonObject()
              .with("deployment", queue)
              .with("entries", entries)
              .with("state", EntryState.WAITING.word());
      case Answer.Dropped(var queue, EntryName entry, EntryState _) ->
          new JsonObject().with("deployment", queue).with("entry", entry).with("state", "dropped");
      case Answer.Refused(Answer.Why why, String reason) ->
          new JsonObject()
              .with("refused", why.name().toLowerCase(Locale.ROOT))
              .with("reason", reason);
    };
  }

  private static Optional<Event> event(QueueEntry entry) {
    return switch (entry.content()) {
      case QueueEntry.Content.Readable(Event event) -> Optional.of(event);
      case QueueEntry.Content.Unreadable _ -> Optional.empty();
    };
  }

  private static Optional<String> fault(QueueEntry entry) {
    return switch (entry.content()) {
      case QueueEntry.Content.Readable _ -> Optional.empty();
      case QueueEntry.Content.Unreadable(String reason) -> Optional.of("unreadable: " + reason);
    };
  }

  private static Optional<Push> push(Event.Content content) {
    return switch (content) {
      case Push push -> Optional.of(push);
      case Event.Ping _, Event.Other _ -> Optional.empty();
    };
  }

  private static Optional<Instant> accepted(EntryName name) {
    return name.epochNanos().stream()
        .mapToObj(
            nanos -> Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND))
        .findFirst();
  }
}
