package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.disk.UnreadableFile;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.Event;
import dev.slipway.event.UnreadableEntry;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All queues of a state directory: the dispatcher's own, and one per deployment, opened when first
 * asked for and shared by whoever asks. Any thread.
 */
public final class Spool {
  private final Disk disk;
  private final StateDirectory state;
  private final Map<Slug, Queue> queues = new HashMap<>();

  public Spool(Disk disk, StateDirectory state) {
    this.disk = disk;
    this.state = state;
  }

  public Disk disk() {
    return disk;
  }

  public StateDirectory state() {
    return state;
  }

  /** Creates what is common to all queues. */
  public void prepare() throws IOException {
    disk.createDirectories(state.corrupt());
    disk.createDirectories(state.events());
    disk.createDirectories(state.temporary());
    disk.createDirectories(state.locks());
  }

  /** A deployment's queue. */
  public synchronized Queue queue(Slug slug) throws IOException {
    Queue queue = queues.get(slug);
    if (queue == null) {
      queue = Queue.open(disk, state, slug);
      queues.put(slug, queue);
    }
    return queue;
  }

  /** Where an unrouted entry lies. */
  public Path unrouted(EntryName name) {
    return state.dispatcher().resolve(name.value());
  }

  /** The names that wait for the dispatcher, in order, as one look at the directory shows them. */
  public List<EntryName> unrouted() throws IOException {
    return Listing.entries(disk, state.dispatcher());
  }

  /** The names that may be routed now, in order: nothing accepted before any of them is missing. */
  public List<EntryName> routable() throws IOException {
    return Listing.of(disk, state.dispatcher()).settled();
  }

  /** What reading an entry gave. */
  public sealed interface Reading {
    /** It is an event. */
    record Readable(Event event) implements Reading {}

    /** Somebody removed it. */
    record Gone() implements Reading {}

    /** It is no event and never will be. */
    record Unreadable(String reason) implements Reading {}
  }

  /**
   * Reads an entry.
   *
   * @throws IOException for what may pass, such as too many open files
   */
  public Reading read(Path entry) throws IOException {
    try (InputStream in = disk.open(entry, EntryCodec.LIMIT)) {
      return new Reading.Readable(EntryCodec.read(in));
    } catch (NoSuchFileException removed) {
      return new Reading.Gone();
    } catch (AccessDeniedException denied) {
      return new Reading.Unreadable("it cannot be read, permission denied");
    } catch (UnreadableFile file) {
      return new Reading.Unreadable(String.valueOf(file.getReason()));
    } catch (UnreadableEntry entryless) {
      return new Reading.Unreadable(String.valueOf(entryless.getMessage()));
    }
  }

  /** The commit that an event is about, where this entry is that event and names one. */
  public Optional<CommitId> commitOf(EventId id, Path entry) throws IOException {
    return read(entry) instanceof Reading.Readable(Event event) && event.id().equals(id)
        ? event.commit()
        : Optional.empty();
  }

  /**
   * Puts an unrouted entry aside that is no event, with the reason beside it.
   *
   * @return its name there, which differs where it was taken; absent when somebody removed it
   */
  public Optional<EntryName> setAside(EntryName name, String reason) throws IOException {
    EntryName place = Places.free(disk, state.corrupt(), name);
    Path explanation = state.corrupt().resolve(place + EntryName.REASON);
    Path temporary = state.temporary().resolve(UUID.randomUUID().toString());
    disk.stage(temporary, (reason + "\n").getBytes(StandardCharsets.UTF_8));
    disk.replace(temporary, explanation);
    try {
      disk.move(unrouted(name), state.corrupt().resolve(place.value()));
    } catch (NoSuchFileException removed) {
      disk.delete(explanation);
      return Optional.empty();
    }
    disk.sync(state.corrupt());
    return Optional.of(place);
  }

  /**
   * Lets an entry that was put aside be routed anew; false when it is not there.
   *
   * @throws java.nio.file.FileAlreadyExistsException when an entry of this name waits
   */
  public boolean routeAgain(EntryName name) throws IOException {
    try {
      disk.move(state.corrupt().resolve(name.value()), unrouted(name));
    } catch (NoSuchFileException gone) {
      return false;
    }
    disk.sync(state.dispatcher());
    disk.delete(state.corrupt().resolve(name + EntryName.REASON));
    disk.sync(state.corrupt());
    return true;
  }

  /** Removes an entry that was put aside, and its reason; false when it is not there. */
  public boolean discard(EntryName name) throws IOException {
    boolean there = disk.delete(state.corrupt().resolve(name.value()));
    disk.delete(state.corrupt().resolve(name + EntryName.REASON));
    return there;
  }

  /** The slugs that have a queue directory, whether or not they are still configured. */
  public List<Slug> known() throws IOException {
    return deploymentsIn(state.queues());
  }

  /** The slugs that have a directory in this one, whether or not they are still configured. */
  public List<Slug> deploymentsIn(Path directory) throws IOException {
    List<Slug> slugs = new ArrayList<>();
    for (String name : disk.list(directory)) {
      slugOf(name).filter(slug -> isDirectory(directory.resolve(name))).ifPresent(slugs::add);
    }
    slugs.sort(null);
    return slugs;
  }

  private boolean isDirectory(Path path) {
    try {
      return disk.isDirectory(path);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static Optional<Slug> slugOf(String name) {
    try {
      return name.equals(Slug.DISPATCHER) ? Optional.empty() : Optional.of(new Slug(name));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
