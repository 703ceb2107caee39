package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * One deployment's queue. The dispatcher forwards into it, one worker claims from it, and operators
 * move its files about at any time; what commands do to it is {@link QueueControl}. Forwarding: any
 * thread; the sweep and claims: the worker's.
 */
public final class Queue {
  private final Disk disk;
  private final StateDirectory state;
  private final Slug slug;
  private final Markers markers;

  /** From so many names on, listing is worth avoiding. */
  static final int LONG = 1_000;

  private final Stillness stillness;

  /** What the last sweep found unmarked, and when each was last written. */
  private Map<EntryName, Instant> strangers = Map.of();

  /** Those of them that were looked at in vain. */
  private final Map<EntryName, Instant> unreadable = new HashMap<>();

  /** What a sweep of a long queue found that it left nothing to do about. */
  private Optional<Sweep> settled = Optional.empty();

  private Queue(Disk disk, StateDirectory state, Slug slug) {
    this.disk = disk;
    this.state = state;
    this.slug = slug;
    this.markers = new Markers(disk, state.markers(slug));
    this.stillness = new Stillness(disk, state.queue(slug), state.markers(slug));
  }

  /** The queue as it lies there, for reading; nothing is created. */
  public static Queue at(Disk disk, StateDirectory state, Slug slug) {
    return new Queue(disk, state, slug);
  }

  /** The queue with all its directories, created where they are missing. */
  public static Queue open(Disk disk, StateDirectory state, Slug slug) throws IOException {
    Queue queue = new Queue(disk, state, slug);
    queue.create();
    return queue;
  }

  void create() throws IOException {
    disk.createDirectories(state.active(slug));
    disk.createDirectories(state.failed(slug));
    disk.createDirectories(state.retries(slug));
    disk.createDirectories(state.markers(slug));
    disk.createDirectories(state.runs());
    disk.createDirectories(state.submitted());
    disk.createDirectories(state.temporary());
  }

  public Slug slug() {
    return slug;
  }

  /** What became of an entry that was to be forwarded. */
  public enum Forwarded {
    /** It waits here now; durable after {@link #sync}. */
    LINKED,
    /** It had been forwarded before. */
    KNOWN,
    /** Its event already waits or runs here under another name. */
    DUPLICATE,
    /** Somebody removed it before it could be forwarded. */
    REMOVED
  }

  /** Links an entry of the dispatcher's into this queue, under its own name. */
  public Forwarded forward(Path entry, EntryName name, EventId id) throws IOException {
    // One act for the sweep, which would else meet an entry that nobody forwarded.
    synchronized (markers) {
      return new Forwarding(disk, this, markers).forward(entry, name, id);
    }
  }

  /** Brings what was forwarded to stable storage. */
  public void sync() throws IOException {
    disk.sync(state.queue(slug));
    markers.sync();
  }

  /** The names that wait, in order, as the directory says now. */
  public List<EntryName> waiting() throws IOException {
    return Listing.entries(disk, state.queue(slug));
  }

  /** The names that are being deployed, or were when the daemon ended. */
  public List<EntryName> active() throws IOException {
    return Listing.entries(disk, state.active(slug));
  }

  /** The names that were given up. */
  public List<EntryName> failed() throws IOException {
    return Listing.entries(disk, state.failed(slug));
  }

  /**
   * What a look at the queue found.
   *
   * @param waiting what waits, in order, up to the first that may not be the next one yet, at most
   *     {@link Backlog#LIMIT}
   * @param unmarked what waits and nobody forwarded: dropped in or moved here by hand, but for what
   *     was {@link #leave left} and has not been written since
   * @param vanished those that waited and were removed by hand
   */
  public record Sweep(List<EntryName> waiting, List<EntryName> unmarked, List<Vanished> vanished) {}

  /** An entry that somebody removed while it waited. */
  public record Vanished(EntryName name, EventId event) {}

  /**
   * Compares the directory with what is known to wait. A long queue that has not changed is not
   * listed again.
   */
  public Sweep sweep() throws IOException {
    if (settled.isPresent() && stillness.holds()) {
      return settled.get();
    }
    // Marks are taken before the listing: what is forwarded in between must not seem removed.
    Set<EntryName> missing = markers.marked();
    Listing listing = Listing.of(disk, state.queue(slug));
    List<EntryName> unmarked = new ArrayList<>();
    for (EntryName name : listing.names()) {
      // Marked since: the dispatcher forwarded it while the directory was listed.
      if (!missing.remove(name) && markers.idOf(name).isEmpty()) {
        unmarked.add(name);
      }
    }
    // What appeared may be what is missing, under another name; the next sweep knows.
    boolean nothingNew = strangers.keySet().containsAll(unmarked);
    lookAt(unmarked);
    unmarked.removeIf(name -> Objects.equals(unreadable.get(name), strangers.get(name)));
    List<EntryName> next = listing.settled().stream().limit(Backlog.LIMIT).toList();
    Sweep sweep = new Sweep(next, unmarked, nothingNew ? vanished(missing) : List.of());
    boolean isDone =
        strangers.isEmpty()
            && missing.isEmpty()
            && listing.settled().size() == listing.names().size();
    settled = isDone && listing.names().size() >= LONG ? Optional.of(sweep) : Optional.empty();
    return sweep;
  }

  private void lookAt(List<EntryName> unmarked) throws IOException {
    Map<EntryName, Instant> written = new HashMap<>();
    for (EntryName name : unmarked) {
      written.put(name, disk.modified(waiting(name)).orElse(Instant.MIN));
    }
    strangers = written;
    unreadable.keySet().retainAll(written.keySet());
  }

  /** Lets an entry of the last sweep be, which is no event: its turn comes as it is. */
  public void leave(EntryName name) {
    unreadable.put(name, strangers.getOrDefault(name, Instant.MIN));
  }

  private List<Vanished> vanished(Set<EntryName> missing) throws IOException {
    List<Vanished> vanished = new ArrayList<>();
    for (EntryName name : new TreeSet<>(missing)) {
      if (disk.exists(failed(name))) {
        forget(name);
      } else if (!isHere(name) && !disk.exists(state.dispatcher().resolve(name.value()))) {
        // Where it is with the dispatcher still, it has not come here yet.
        markers.idOf(name).ifPresent(id -> vanished.add(new Vanished(name, id)));
      }
    }
    return vanished;
  }

  /** Whether the event waits or runs here. */
  public boolean isPending(EventId event) throws IOException {
    return disk.exists(state.markers(slug).resolve(event.value()));
  }

  /** Counts a hand-made entry among those that wait; false when its event already does. */
  public boolean adopt(EntryName name, EventId id) throws IOException {
    Optional<EntryName> other = markers.nameOf(id).filter(marked -> !marked.equals(name));
    if (other.isPresent()) {
      if (isHere(other.get())) {
        return false;
      }
      // Not a second one: somebody renamed it.
      forget(other.get());
    }
    // What was asked for an earlier run under this name is over: it begins anew.
    disk.delete(cancel(name));
    return markers.add(id, name);
  }

  /** Forgets an entry that is no longer there. */
  public void forget(EntryName name) throws IOException {
    disk.delete(retry(name));
    markers.remove(name);
  }

  /** Where a waiting entry lies. */
  public Path place(EntryName name) {
    return waiting(name);
  }

  /** Removes a waiting entry; false when it is not there (any more). */
  public boolean remove(EntryName name) throws IOException {
    return disk.delete(waiting(name));
  }

  /** Removes a waiting entry; how it ended is on record already. */
  public void endWaiting(EntryName name) throws IOException {
    // The entry last: as long as it is there, a crash makes nothing seem removed by hand.
    forget(name);
    disk.delete(waiting(name));
  }

  /** Takes an entry to work on it; absent when somebody removed it. */
  public Optional<Claim> claim(EntryName name) throws IOException {
    // A request that lies here stays, and ends this run: it came while the run before this one was
    // ended for another reason, and whoever made it was told that the entry is not run again.
    EntryName place;
    try {
      place = Places.move(disk, waiting(name), state.active(slug), name);
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
    moved(name, place);
    if (!disk.exists(failed(name))) {
      // It waits no longer for what an earlier end had said.
      disk.delete(reason(name));
    }
    return Optional.of(claimed(place));
  }

  /** Lets an active entry wait again. */
  void letWait(EntryName name) throws IOException {
    moved(name, Places.move(disk, active(name), state.queue(slug), name));
  }

  /** Follows an entry that found its name taken. */
  private void moved(EntryName from, EntryName to) throws IOException {
    if (from.equals(to)) {
      return;
    }
    if (disk.exists(cancel(from))) {
      disk.replace(cancel(from), cancel(to));
    }
    Optional<EventId> id = markers.idOf(from);
    if (id.isEmpty()) {
      return;
    }
    Optional<Retry> retry = retryOf(from);
    forget(from);
    markers.add(id.get(), to);
    if (retry.isPresent()) {
      replaceNote(retry(to), retry.get().text());
    }
  }

  /** The claim on an entry that is active already: found so after a crash. */
  public Claim claimed(EntryName name) {
    return new Claim(disk, this, name);
  }

  /** How often an entry was tried, and when it may be tried again. */
  public Optional<Retry> retryOf(EntryName name) throws IOException {
    return disk.readNote(retry(name)).flatMap(Retry::parse);
  }

  /**
   * Why nothing new starts here, if that is so; empty text where no reason was given, or none that
   * could be read.
   */
  public Optional<String> paused() throws IOException {
    try {
      return new Explanation(pauseFile()).read(disk);
    } catch (FileSystemException unreadable) {
      return Optional.of("");
    }
  }

  /** The last time that a command gave to an entry here. */
  OptionalLong lastSubmitted() throws IOException {
    Path note = state.submitted().resolve(slug.value());
    return disk.readNote(note).filter(EntryName::isEntry).map(EntryName::new).stream()
        .flatMapToLong(name -> name.epochNanos().stream())
        .findFirst();
  }

  void submitted(long epochNanos) throws IOException {
    replaceNote(state.submitted().resolve(slug.value()), EntryName.at(epochNanos).value());
  }

  /** Writes down what is about to run; on storage when this returns. */
  public void beginRun(RunNote note) throws IOException {
    continueRun(note);
    disk.sync(state.runs());
  }

  /** Changes what is written down; not synced, since after a power cut nothing runs. */
  public void continueRun(RunNote note) throws IOException {
    // Under one name, so that what a kill leaves half done goes with the next note or the last.
    disk.delete(nextRun());
    disk.note(nextRun(), note.text());
    disk.replace(nextRun(), state.runs().resolve(slug.value()));
  }

  private Path nextRun() {
    return state.temporary().resolve("run-" + slug);
  }

  /** What was running when the daemon ended, if it left anything. */
  public Optional<RunNote> unfinishedRun() throws IOException {
    return disk.readNote(state.runs().resolve(slug.value())).flatMap(RunNote::parse);
  }

  /** Nothing runs any more. */
  public void endRun() throws IOException {
    disk.delete(nextRun());
    disk.delete(state.runs().resolve(slug.value()));
  }

  void replaceNote(Path note, String text) throws IOException {
    Path temporary = temporary();
    disk.note(temporary, text);
    disk.replace(temporary, note);
  }

  void write(Path file, String text) throws IOException {
    Path temporary = temporary();
    disk.stage(temporary, text.getBytes(StandardCharsets.UTF_8));
    disk.replace(temporary, file);
    disk.sync(Optional.ofNullable(file.getParent()).orElse(state.root()));
  }

  /** A fresh name for a file that gets its own later; several processes may ask at once. */
  Path temporary() throws IOException {
    disk.createDirectories(state.temporary());
    return state.temporary().resolve(UUID.randomUUID().toString());
  }

  /** Whether it waits or is active. */
  boolean isHere(EntryName name) throws IOException {
    return disk.exists(waiting(name)) || disk.exists(active(name));
  }

  Path waiting(EntryName name) {
    return state.queue(slug).resolve(name.value());
  }

  Path active(EntryName name) {
    return state.active(slug).resolve(name.value());
  }

  Path failed(EntryName name) {
    return state.failed(slug).resolve(name.value());
  }

  Path failedDirectory() {
    return state.failed(slug);
  }

  Path retry(EntryName name) {
    return state.retries(slug).resolve(name.value());
  }

  Path cancel(EntryName name) {
    return state.active(slug).resolve(name + EntryName.CANCEL);
  }

  Path reason(EntryName name) {
    return state.failed(slug).resolve(name + EntryName.REASON);
  }

  Path pauseFile() {
    return state.queue(slug).resolve(EntryName.PAUSED);
  }
}
