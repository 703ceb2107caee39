package dev.slipway.status;

import dev.slipway.dispatch.Route;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.UnreadableEntry;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.spool.Queue;
import dev.slipway.spool.QueueControl;
import dev.slipway.status.Answer.Refused;
import dev.slipway.status.Answer.Why;
import dev.slipway.status.QueueEntry.Place;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What people may ask for. Every act is a change of files that an operator could make by hand as
 * well, so it works while the daemon is down, and the daemon notices by looking. What is refused
 * leaves no trace; an {@link IOException} is the disk's.
 */
public final class Acts {
  /** The longest reason for a pause or a cancellation, in characters. */
  public static final int REASON_LIMIT = 1_000;

  private final Sources sources;
  private final Queues queues;
  private final Rollbacks rollbacks;

  public Acts(Sources sources) {
    this.sources = sources;
    this.queues = new Queues(sources);
    this.rollbacks = new Rollbacks(sources.history());
  }

  /** Queues a release of what was ordered, behind all that waits. */
  public Answer deploy(Slug slug, Order order) throws IOException {
    Optional<Route> route = sources.route(slug);
    if (route.isEmpty() || !route.get().enabled()) {
      return notDeployable(slug, route);
    }
    try {
      return queue(slug, ManualPush.of(route.get(), order));
    } catch (IllegalArgumentException malformed) {
      return new Refused(Why.MALFORMED, String.valueOf(malformed.getMessage()));
    }
  }

  /**
   * Queues a new release with the contents of an old one.
   *
   * @param release absent: the newest that succeeded and whose commit is not live
   */
  public Answer rollback(Slug slug, Optional<ReleaseNumber> release, String by)
      throws IOException, LedgerUnavailable {
    Optional<Route> route = sources.route(slug);
    if (route.isEmpty() || !route.get().enabled()) {
      return notDeployable(slug, route);
    }
    return switch (rollbacks.choose(slug, release)) {
      case Rollbacks.Choice.None(Refused refused) -> refused;
      case Rollbacks.Choice.Back(Release old) ->
          queue(
              slug,
              new ManualPush(
                  route.get().repository(),
                  old.ref(),
                  old.commit(),
                  Optional.of("rollback to release " + old.version()),
                  by));
    };
  }

  private Answer queue(Slug slug, ManualPush push) throws IOException {
    EventId id = new EventId(UUID.randomUUID().toString());
    byte[] entry = push.entry(id, sources.clock().instant());
    try {
      QueueEntry.Content content = new QueueEntry.Content.Readable(EntryCodec.read(entry));
      EntryName name = control(slug).submit(entry, id);
      Place place = new Place(Optional.of(slug), EntryState.WAITING, name);
      return new Answer.Queued(
          new QueueEntry(place, content, Optional.empty(), Optional.empty()), push.note());
    } catch (UnreadableEntry bug) {
      throw new IllegalStateException("an entry that Slipway made is none", bug);
    }
  }

  /** Lets nothing new start; what runs goes on. */
  public Answer pause(Slug slug, Optional<String> reason) throws IOException {
    if (!sources.knows(slug)) {
      return unknown(slug);
    }
    if (isTooLong(reason)) {
      return tooLong();
    }
    Optional<String> standing = sources.look(slug).paused();
    String text =
        reason
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            // A reason that stands there is not lost to one who gives none.
            .or(() -> standing.filter(it -> !it.isEmpty()))
            .orElse("paused by hand");
    control(slug).pause(text);
    return new Answer.Paused(slug, text);
  }

  /** Lets entries start again. */
  public Answer resume(Slug slug) throws IOException {
    if (!sources.knows(slug)) {
      return unknown(slug);
    }
    return control(slug).resume()
        ? new Answer.Resumed(slug)
        : new Refused(Why.NOT_NOW, "Deployment " + slug + " is not paused.");
  }

  /** Asks for the end of the release that runs. */
  public Answer cancel(Slug slug, Optional<String> reason) throws IOException {
    if (!sources.knows(slug)) {
      return unknown(slug);
    }
    if (isTooLong(reason)) {
      return tooLong();
    }
    String text = reason.map(String::strip).filter(it -> !it.isEmpty()).orElse("by an operator");
    for (EntryName name : sources.look(slug).active()) {
      control(slug).requestCancel(name, text);
      if (isActive(slug, name)) {
        return new Answer.Cancelling(slug, name, text);
      }
      // It ended meanwhile: the request must not be found by a later run of the same entry.
      sources.spool().disk().delete(active(slug, name + EntryName.CANCEL));
    }
    return new Refused(Why.NOT_NOW, "Nothing of deployment " + slug + " runs now.");
  }

  /** Lets a failed entry wait again; its name may be given without {@code .json}. */
  public Answer retry(Slug slug, String entry) throws IOException {
    return switch (queues.find(slug, entry).orElse(null)) {
      case null -> unknownEntry(slug, entry);
      case Place(_, EntryState state, EntryName name) when state == EntryState.FAILED ->
          retry(slug, List.of(name));
      case Place(_, EntryState state, EntryName name) ->
          new Refused(
              Why.NOT_NOW, "Entry " + name + " has not failed, it is " + state.word() + ".");
    };
  }

  /** Lets all failed entries of a deployment wait again. */
  public Answer retryAll(Slug slug) throws IOException {
    return sources.knows(slug) ? retry(slug, sources.look(slug).failed()) : unknown(slug);
  }

  private Answer retry(Slug slug, List<EntryName> names) throws IOException {
    List<EntryName> retried = new ArrayList<>();
    for (EntryName name : names) {
      try {
        if (control(slug).retry(name)) {
          retried.add(name);
        }
      } catch (FileAlreadyExistsException taken) {
        return new Refused(Why.NOT_NOW, "Another entry named " + name + " waits already.");
      }
    }
    return retried.isEmpty()
        ? new Refused(Why.NOT_NOW, "No entry of deployment " + slug + " has failed.")
        : new Answer.Retried(slug.value(), retried);
  }

  /** Removes an entry that waits or failed; its name may be given without {@code .json}. */
  public Answer drop(Slug slug, String entry) throws IOException {
    Optional<Place> place = queues.find(slug, entry);
    if (place.isEmpty()) {
      return unknownEntry(slug, entry);
    }
    EntryName name = place.get().name();
    boolean dropped =
        switch (place.get().state()) {
          case WAITING -> control(slug).remove(name);
          case FAILED -> control(slug).dropFailed(name, queues.eventAt(place.get()));
          case ACTIVE, CORRUPT -> false;
        };
    return dropped
        ? new Answer.Dropped(slug.value(), name, place.get().state())
        : new Refused(Why.NOT_NOW, "Entry " + name + " is being deployed; cancel ends what runs.");
  }

  /** Lets an entry that is no event be routed anew, as after it was mended. */
  public Answer retryCorrupt(String entry) throws IOException {
    Optional<EntryName> name = corrupt(entry);
    try {
      return name.isPresent() && sources.spool().routeAgain(name.get())
          ? new Answer.Retried(Slug.DISPATCHER, List.of(name.get()))
          : notPutAside(entry);
    } catch (FileAlreadyExistsException taken) {
      return new Refused(Why.NOT_NOW, "Another entry named " + entry + " waits already.");
    }
  }

  /** Removes an entry that is no event. */
  public Answer dropCorrupt(String entry) throws IOException {
    Optional<EntryName> name = corrupt(entry);
    return name.isPresent() && sources.spool().discard(name.get())
        ? new Answer.Dropped(Slug.DISPATCHER, name.get(), EntryState.CORRUPT)
        : notPutAside(entry);
  }

  private Optional<EntryName> corrupt(String entry) throws IOException {
    return queues.corrupt().stream()
        .filter(name -> name.value().equals(entry) || name.value().equals(entry + ".json"))
        .findFirst();
  }

  private static Refused notPutAside(String entry) {
    return new Refused(
        Why.UNKNOWN, "No entry " + Quoted.of(entry) + " lies in queues/dispatcher/corrupt.");
  }

  private QueueControl control(Slug slug) throws IOException {
    Queue queue = sources.spool().queue(slug);
    return new QueueControl(
        sources.spool().disk(), sources.spool().state(), queue, sources.clock());
  }

  private boolean isActive(Slug slug, EntryName name) throws IOException {
    return sources.spool().disk().exists(active(slug, name.value()));
  }

  private Path active(Slug slug, String file) {
    return sources.spool().state().active(slug).resolve(file);
  }

  private Refused notDeployable(Slug slug, Optional<Route> route) throws IOException {
    if (route.isPresent()) {
      return new Refused(Why.NOT_NOW, "Deployment " + slug + " is disabled.");
    }
    return sources.knows(slug)
        ? new Refused(Why.NOT_NOW, "Deployment " + slug + " is no longer configured.")
        : unknown(slug);
  }

  private static Refused unknown(Slug slug) {
    return new Refused(Why.UNKNOWN, "There is no deployment " + slug + ".");
  }

  private static Refused unknownEntry(Slug slug, String entry) {
    return new Refused(
        Why.UNKNOWN, "Deployment " + slug + " has no entry " + Quoted.of(entry) + ".");
  }

  private static boolean isTooLong(Optional<String> reason) {
    return reason.filter(text -> text.length() > REASON_LIMIT).isPresent();
  }

  private static Refused tooLong() {
    return new Refused(Why.MALFORMED, "A reason has at most " + REASON_LIMIT + " characters.");
  }
}
