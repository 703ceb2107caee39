package dev.slipway.status;

import dev.slipway.event.Event;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.util.Comparator;
import java.util.Optional;

/**
 * One entry of a queue.
 *
 * @param reason why it was given up or put aside
 * @param retry that it was tried before
 */
public record QueueEntry(
    Place place, Content content, Optional<String> reason, Optional<Retry> retry) {

  /**
   * Where it lies.
   *
   * @param deployment absent: before the dispatcher
   */
  public record Place(Optional<Slug> deployment, EntryState state, EntryName name) {
    static final Comparator<Place> OLDEST_FIRST =
        Comparator.comparing(Place::name).thenComparing(Place::queue);

    /** The queue's name. */
    public String queue() {
      return deployment.map(Slug::value).orElse(Slug.DISPATCHER);
    }
  }

  /** What is in it. */
  public sealed interface Content {
    /** An event. */
    record Readable(Event event) implements Content {}

    /** No event; {@code reason} says what is wrong with it. */
    record Unreadable(String reason) implements Content {}
  }
}
