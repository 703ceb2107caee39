package dev.slipway.cli;

import dev.slipway.event.Event;
import dev.slipway.event.Json;
import dev.slipway.event.Push;
import dev.slipway.status.Acts;
import dev.slipway.status.Answer;
import dev.slipway.status.QueueEntry;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.Printable;
import java.util.Optional;

/** A command that works on the state directory and the record store. */
abstract class DeskCommand extends AbstractCommand {
  @Override
  public final Integer call() throws Exception {
    try (Desk desk = Desk.open(config())) {
      return run(desk);
    }
  }

  /** Does it, and says what the program is to end with. */
  abstract int run(Desk desk) throws Exception;

  static Acts acts(Desk desk) {
    return new Acts(desk.sources());
  }

  /** Refuses a number that counts nothing. */
  static void requirePositive(String name, int number) {
    if (number < 1) {
      throw new Exit.Early(
          Exit.USAGE,
          "slipway: %s: found %d; expected a whole number from 1".formatted(name, number));
    }
  }

  /** Prints a value as JSON. */
  final int printJson(Object value) {
    print(Json.write(value));
    return Exit.DONE;
  }

  /** Says what became of an act. */
  final int report(Answer answer) {
    if (answer instanceof Answer.Refused(Answer.Why why, String reason)) {
      terminal().remark("slipway: " + reason);
      return why == Answer.Why.MALFORMED ? Exit.USAGE : Exit.FAILED;
    }
    print(Printable.of(sentence(answer)));
    return Exit.DONE;
  }

  private static Optional<CommitId> commit(QueueEntry entry) {
    return entry.content() instanceof QueueEntry.Content.Readable(Event event)
            && event.content() instanceof Push push
        ? push.commit()
        : Optional.empty();
  }

  private static String sentence(Answer answer) {
    return switch (answer) {
      case Answer.Queued(var entry, var note) ->
          "queued %s for %s%s%s"
              .formatted(
                  entry.place().name(),
                  entry.place().queue(),
                  note.map(text -> ": " + text).orElse(""),
                  commit(entry).map(commit -> ", commit " + commit.brief()).orElse(""));
      case Answer.Paused(var slug, String reason) -> "paused %s: %s".formatted(slug, reason);
      case Answer.Resumed(var slug) -> "resumed " + slug;
      case Answer.Cancelling(var slug, var entry, String reason) ->
          "cancelling %s of %s: %s".formatted(entry, slug, reason);
      case Answer.Retried(var queue, var entries) ->
          "waiting again in %s: %s"
              .formatted(queue, String.join(", ", entries.stream().map(Object::toString).toList()));
      case Answer.Dropped(var queue, var entry, var was) ->
          "dropped %s of %s, which was %s".formatted(entry, queue, was.word());
      case Answer.Refused refused -> Views.answer(refused).toString();
    };
  }
}
