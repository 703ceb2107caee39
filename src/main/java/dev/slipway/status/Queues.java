package dev.slipway.status;

import dev.slipway.disk.Disk;
import dev.slipway.disk.UnreadableFile;
import dev.slipway.event.Event;
import dev.slipway.spool.Explanation;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Retry;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.status.QueueEntry.Content;
import dev.slipway.status.QueueEntry.Place;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of the queues, oldest first. Names are listed; files are read as far as asked. */
public final class Queues {
  private final Sources sources;

  public Queues(Sources sources) {
    this.sources = sources;
  }

  /**
   * Some entries of a longer list.
   *
   * @param entries the oldest, as many as were asked for
   * @param total how many there are
   */
  public record Page(List<QueueEntry> entries, int total) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /** The entries of all queues, the dispatcher's among them; at most {@code limit} are read. */
  public Page all(int limit) throws IOException {
    List<Place> places = unrouted();
    for (Slug slug : sources.slugs()) {
      places.addAll(places(slug));
    }
    return page(places, limit);
  }

  /** The entries of one deployment's queue; at most {@code limit} are read. */
  public Page of(Slug slug, int limit) throws IOException {
    return page(places(slug), limit);
  }

  /** The entries that are not routed yet or were put aside; at most {@code limit} are read. */
  public Page unrouted(int limit) throws IOException {
    return page(unrouted(), limit);
  }

  private List<Place> unrouted() throws IOException {
    List<Place> places = new ArrayList<>();
    sources.spool().unrouted().forEach(name -> places.add(unrouted(EntryState.WAITING, name)));
    corrupt().forEach(name -> places.add(unrouted(EntryState.CORRUPT, name)));
    return places;
  }

  /** Where an entry lies, by its name with or without {@code .json}. */
  public Optional<Place> find(Slug slug, String text) throws IOException {
    for (String candidate : List.of(text, text + ".json")) {
      if (!EntryName.isEntry(candidate)) {
        continue;
      }
      EntryName name = new EntryName(candidate);
      // Against the direction in which entries move: one that moves meanwhile is still met.
      for (EntryState state : List.of(EntryState.FAILED, EntryState.ACTIVE, EntryState.WAITING)) {
        Place place = new Place(Optional.of(slug), state, name);
        Path file = file(place);
        if (sources.spool().disk().exists(file) && !sources.spool().disk().isDirectory(file)) {
          return Optional.of(place);
        }
      }
    }
    return Optional.empty();
  }

  /** Reads an entry; absent when it is there no more. */
  Optional<QueueEntry> read(Place place) throws IOException {
    return switch (sources.spool().read(file(place))) {
      case Spool.Reading.Readable(Event event) ->
          Optional.of(
              new QueueEntry(place, new Content.Readable(event), reason(place), retry(place)));
      case Spool.Reading.Unreadable(String why) ->
          Optional.of(
              new QueueEntry(place, new Content.Unreadable(why), reason(place), retry(place)));
      case Spool.Reading.Gone() -> Optional.empty();
    };
  }

  /** The event of an entry; absent where it is none, or is there no more. */
  Optional<EventId> eventAt(Place place) throws IOException {
    return sources.spool().read(file(place)) instanceof Spool.Reading.Readable(Event event)
        ? Optional.of(event.id())
        : Optional.empty();
  }

  /** The names that the dispatcher put aside, in no order. */
  List<EntryName> corrupt() throws IOException {
    Disk disk = sources.spool().disk();
    return disk.list(sources.spool().state().corrupt()).stream()
        .filter(EntryName::isEntry)
        .map(EntryName::new)
        .toList();
  }

  private static Place unrouted(EntryState state, EntryName name) {
    return new Place(Optional.empty(), state, name);
  }

  private List<Place> places(Slug slug) throws IOException {
    Queue queue = sources.look(slug);
    List<Place> places = new ArrayList<>();
    Optional<Slug> deployment = Optional.of(slug);
    // In the direction in which entries move: one that moves meanwhile is seen twice, not never.
    queue.waiting().forEach(name -> places.add(new Place(deployment, EntryState.WAITING, name)));
    queue.active().forEach(name -> places.add(new Place(deployment, EntryState.ACTIVE, name)));
    queue.failed().forEach(name -> places.add(new Place(deployment, EntryState.FAILED, name)));
    return places;
  }

  private Page page(List<Place> places, int limit) throws IOException {
    places.sort(Place.OLDEST_FIRST);
    List<QueueEntry> entries = new ArrayList<>();
    int total = places.size();
    for (Place place : places) {
      if (entries.size() == limit) {
        break;
      }
      Optional<QueueEntry> entry = read(place);
      if (entry.isPresent()) {
        entries.add(entry.get());
      } else {
        total--;
      }
    }
    return new Page(entries, total);
  }

  private Path file(Place place) {
    StateDirectory state = sources.spool().state();
    Path folder =
        switch (place.state()) {
          case WAITING -> place.deployment().map(state::queue).orElse(state.dispatcher());
          case ACTIVE -> state.active(place.deployment().orElseThrow());
          case FAILED -> state.failed(place.deployment().orElseThrow());
          case CORRUPT -> state.corrupt();
        };
    return folder.resolve(place.name().value());
  }

  private Optional<Retry> retry(Place place) throws IOException {
    return place.deployment().isPresent()
        ? sources.look(place.deployment().get()).retryOf(place.name())
        : Optional.empty();
  }

  private Optional<String> reason(Place place) throws IOException {
    return switch (place.state()) {
      case WAITING, ACTIVE -> Optional.empty();
      case FAILED, CORRUPT -> reasonBeside(file(place));
    };
  }

  private Optional<String> reasonBeside(Path file) throws IOException {
    Path reason = file.resolveSibling(file.getFileName() + EntryName.REASON);
    try {
      return new Explanation(reason).read(sources.spool().disk());
    } catch (UnreadableFile none) {
      return Optional.empty();
    }
  }
}
