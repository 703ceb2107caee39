package dev.slipway.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.Source;
import dev.slipway.time.ManualClock;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A state directory in a temporary folder, the daemon's view of it through a disk that can fail,
 * and what an operator does to it past the daemon: {@link #drop}, {@link #mv}, {@link #rm}. {@link
 * #restart} is the next life of the daemon over the same files.
 */
public final class SpoolFixture {
  public static final Slug WEBSITE = new Slug("website");
  public static final Slug DOCS = new Slug("docs");

  private final Path folder;
  private final ManualClock clock = ManualClock.atSomeMoment();
  private final StateDirectory state;
  private CrashingDisk disk;
  private Spool spool;
  private int lives;

  public SpoolFixture(Path folder) {
    this.folder = folder;
    this.state = new StateDirectory(folder.resolve("state"));
    this.disk = newDisk();
    this.spool = newSpool();
  }

  private CrashingDisk newDisk() {
    try {
      return new CrashingDisk(folder.resolve("graveyard-" + lives++));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Spool newSpool() {
    return new Spool(disk, state);
  }

  /** Forgets everything in memory, as a new process would; the disk works again. */
  public void restart() {
    disk = newDisk();
    spool = newSpool();
  }

  /** Creates all directories, on stable storage. */
  public SpoolFixture prepared() throws IOException {
    spool.prepare();
    spool.queue(WEBSITE);
    return this;
  }

  public ManualClock clock() {
    return clock;
  }

  public StateDirectory state() {
    return state;
  }

  /** This life's disk. */
  public CrashingDisk disk() {
    return disk;
  }

  /** This life's spool. */
  public Spool spool() {
    return spool;
  }

  /** The queue of the one deployment that most tests need. */
  public Queue queue() throws IOException {
    return spool.queue(WEBSITE);
  }

  /** What a command's own process does with that queue. */
  public QueueControl command() throws IOException {
    return new QueueControl(disk, state, Queue.open(disk, state, WEBSITE), clock);
  }

  /** Opens the inbox, for this life. */
  public Inbox inbox() throws IOException {
    return Inbox.open(disk, state, clock);
  }

  /** An entry with a push to {@code main} of {@code example/website}. */
  public static byte[] push(String id) {
    return push(id, "main");
  }

  /** An entry with a push to a branch of {@code example/website}. */
  public static byte[] push(String id, String branch) {
    return entry(
        id,
        "push",
        """
        {"ref":"refs/heads/%s","after":"0f3c1b2a4d5e6f708192a3b4c5d6e7f8091a2b3c",
         "head_commit":{},"repository":{"full_name":"example/website"}}\
        """
            .formatted(branch));
  }

  /** An entry of any kind. */
  public static byte[] entry(String id, String kind, String payload) {
    return EntryCodec.write(
        new EntryCodec.Head(
            new EventId(id),
            kind,
            Instant.parse("2025-11-21T06:20:00Z"),
            Source.WEBHOOK,
            Optional.of("192.0.2.7")),
        payload.getBytes(UTF_8));
  }

  /** A place below {@code queues/}, such as {@code website/failed/a.json}. */
  public Path place(String below) {
    return state.queues().resolve(below);
  }

  /** An operator writes a file elsewhere and renames it into a queue. */
  public EntryName drop(String below, byte[] content) throws IOException {
    Path elsewhere = Files.createTempFile(folder, "dropped", "");
    Files.write(elsewhere, content);
    Files.createDirectories(Optional.ofNullable(place(below).getParent()).orElseThrow());
    Files.move(elsewhere, place(below), StandardCopyOption.ATOMIC_MOVE);
    return new EntryName(String.valueOf(place(below).getFileName()));
  }

  /** An operator moves a file from one place below {@code queues/} to another. */
  public void mv(String from, String to) throws IOException {
    Files.move(place(from), place(to), StandardCopyOption.ATOMIC_MOVE);
  }

  /** An operator removes a file below {@code queues/}. */
  public void rm(String below) throws IOException {
    Files.delete(place(below));
  }

  /** The dispatcher's work on one entry: what was dropped for it is linked and goes. */
  public Queue.Forwarded forward(String name, String id) throws IOException {
    EntryName entry = drop("dispatcher/" + name, push(id));
    Queue.Forwarded forwarded = forwardAgain(entry, id);
    queue().sync();
    rm("dispatcher/" + name);
    return forwarded;
  }

  /** The dispatcher's work on an entry that lies there, cut off before it goes. */
  public Queue.Forwarded forwardAgain(EntryName entry, String id) throws IOException {
    return queue().forward(spool.unrouted(entry), entry, new EventId(id));
  }

  /** All files below a folder of the state directory. */
  public List<String> tree(String below) {
    return CrashingDisk.tree(state.root().resolve(below));
  }

  /** The text beside a failed entry of {@link #WEBSITE}. */
  public Optional<String> reasonOf(EntryName name) throws IOException {
    Path reason = state.failed(WEBSITE).resolve(name + EntryName.REASON);
    return Files.exists(reason) ? Optional.of(Files.readString(reason).strip()) : Optional.empty();
  }
}
