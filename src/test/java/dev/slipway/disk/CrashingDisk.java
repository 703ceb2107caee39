package dev.slipway.disk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/**
 * The real disk in a temporary folder, with the faults that tests want. It counts what changes the
 * disk, can end "the process" before any of these operations, and can then cut the power: what is
 * not on storage is forgotten, as far as the given {@link PowerLoss} says.
 *
 * <p>The content of files is never in question, since {@link #stage} syncs it. In question are
 * names: each change of one is remembered, with how to undo it, until its directory is synced. A
 * rename counts as synced with the directory it leads into, as one transaction of a journal.
 * Nothing is really synced: the power that fails here is not the machine's.
 *
 * <p>After a crash every operation throws {@link Crash}, so that no {@code finally} of the dead
 * process tidies up. Whoever lives on makes a new one over the same folder. Any thread.
 */
public final class CrashingDisk implements Disk {
  /** The end of the process; no {@link Exception}, so that nothing takes it for a mere failure. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(String before) {
      super("crashed before " + before);
    }
  }

  /** What becomes of names that were not synced. */
  public enum PowerLoss {
    /** All of them are on storage: the process was killed, and the machine went on. */
    KEEPS_ALL,
    /** None of them is. */
    FORGETS_ALL,
    /**
     * Of each directory the first few are, by a die with a fixed seed: one directory's changes
     * reach the storage in their order, those of several in any.
     */
    FORGETS_SOME
  }

  /** The kinds of operations. */
  public enum Act {
    CREATE_DIRECTORIES,
    STAGE,
    MOVE,
    REPLACE,
    LINK,
    NOTE,
    SYNC,
    DELETE,
    READ,
    LIST;

    boolean changes() {
      return compareTo(READ) < 0;
    }
  }

  /** One operation; {@code path} is the name it makes, removes, reads or syncs. */
  public record Operation(Act act, Path path) {
    /** Such as {@code MOVE queues/dispatcher/1.json}, with the path below {@code root}. */
    public String below(Path root) {
      return act + " " + root.relativize(path);
    }
  }

  /** Looks at each operation before it happens, to refuse it or to do something meanwhile. */
  @FunctionalInterface
  public interface Watcher {
    void before(Operation operation) throws IOException;
  }

  /** An operation of {@link Disk}. */
  @FunctionalInterface
  private interface Doing {
    void run() throws IOException;
  }

  /** A change of a name that is not on storage before {@code directory} is synced. */
  private record Unsynced(Path directory, Doing undo) {}

  private static final long SEED = 20_251_121L;

  private OptionalLong left = OptionalLong.empty();
  private final Disk real = new RealDisk();
  private final Path graveyard;
  private final List<Operation> changes = new ArrayList<>();
  private final Deque<Unsynced> unsynced = new ArrayDeque<>();
  private Watcher watcher = operation -> {};
  private int crashAt = Integer.MAX_VALUE;
  private boolean crashed;
  private int graves;

  /** Over the real disk; what is removed is kept in {@code graveyard} for as long as needed. */
  public CrashingDisk(Path graveyard) throws IOException {
    this.graveyard = Files.createDirectories(graveyard);
  }

  /** Ends the process before the changing operation of this index, the first being 0. */
  public synchronized CrashingDisk crashAt(int operation) {
    crashAt = operation;
    return this;
  }

  /** Shows every operation to {@code newWatcher} from now on. */
  public synchronized void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  /** Refuses the operations of one kind whose path ends so, as a full disk does. */
  public void refuse(Act act, String pathEnd) {
    watch(operation -> {
      if (operation.act() == act && operation.path().toString().endsWith(pathEnd)) {
        throw new IOException("No space left on device");
      }
    });
  }

  /** The operations so far that changed the disk, or would have. */
  public synchronized List<Operation> changes() {
    return List.copyOf(changes);
  }

  /** The power fails: forgets names that are not on storage. Ends the process, too. */
  public synchronized void losePower(PowerLoss loss) throws IOException {
    crashed = true;
    Map<Path, Integer> left = new TreeMap<>();
    unsynced.forEach(change -> left.merge(change.directory(), 1, Integer::sum));
    Map<Path, Integer> kept = new TreeMap<>();
    Random die = new Random(SEED);
    left.forEach((directory, count) ->
        kept.put(
            directory,
            switch (loss) {
              case KEEPS_ALL -> count;
              case FORGETS_ALL -> 0;
              case FORGETS_SOME -> die.nextInt(count + 1);
            }));
    while (!unsynced.isEmpty()) {
      Unsynced last = unsynced.removeLast();
      int position = left.merge(last.directory(), -1, Integer::sum);
      if (position >= kept.getOrDefault(last.directory(), 0)) {
        last.undo().run();
      }
    }
  }

  @Override
  public synchronized void createDirectories(Path directory) throws IOException {
    if (real.isDirectory(directory)) {
      return;
    }
    begin(Act.CREATE_DIRECTORIES, directory, () -> {});
    Files.createDirectories(directory);
  }

  @Override
  public synchronized void stage(Path file, byte[] content) throws IOException {
    begin(Act.STAGE, file, () -> torn(file, content));
    Files.write(file, content, StandardOpenOption.CREATE_NEW);
    remember(file, () -> Files.deleteIfExists(file));
  }

  /** A process that ends while it writes leaves half a file. */
  private void torn(Path file, byte[] content) throws IOException {
    Files.write(file, Arrays.copyOf(content, content.length / 2));
    remember(file, () -> Files.deleteIfExists(file));
  }

  @Override
  public synchronized void move(Path from, Path to) throws IOException {
    begin(Act.MOVE, to, () -> {});
    real.move(from, to);
    remember(to, () -> bringBack(to, from));
  }

  @Override
  public synchronized void replace(Path from, Path to) throws IOException {
    begin(Act.REPLACE, to, () -> {});
    Optional<Path> grave = bury(to);
    real.replace(from, to);
    remember(
        to,
        () -> {
          bringBack(to, from);
          if (grave.isPresent()) {
            bringBack(grave.get(), to);
          }
        });
  }

  @Override
  public synchronized void link(Path file, Path name) throws IOException {
    begin(Act.LINK, name, () -> {});
    real.link(file, name);
    remember(name, () -> Files.deleteIfExists(name));
  }

  @Override
  public synchronized void note(Path note, String target) throws IOException {
    begin(Act.NOTE, note, () -> {});
    real.note(note, target);
    remember(note, () -> Files.deleteIfExists(note));
  }

  @Override
  public synchronized void sync(Path directory) throws IOException {
    begin(Act.SYNC, directory, () -> {});
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    unsynced.removeIf(change -> change.directory().equals(directory));
  }

  @Override
  public synchronized boolean delete(Path file) throws IOException {
    if (!real.exists(file)) {
      begin(Act.READ, file, () -> {});
      return false;
    }
    begin(Act.DELETE, file, () -> {});
    Optional<Path> grave = bury(file);
    boolean deleted = real.delete(file);
    if (grave.isPresent()) {
      remember(file, () -> bringBack(grave.get(), file));
    }
    return deleted;
  }

  @Override
  public synchronized Optional<String> readNote(Path note) throws IOException {
    begin(Act.READ, note, () -> {});
    return real.readNote(note);
  }

  /** Not synchronized, so that a test may do something else while it lists. */
  @Override
  public List<String> list(Path directory) throws IOException {
    begin(Act.LIST, directory, () -> {});
    return real.list(directory);
  }

  @Override
  public synchronized InputStream open(Path file, long limit) throws IOException {
    begin(Act.READ, file, () -> {});
    return real.open(file, limit);
  }

  @Override
  public synchronized boolean isDirectory(Path path) throws IOException {
    requireAlive();
    return real.isDirectory(path);
  }

  @Override
  public synchronized boolean exists(Path path) throws IOException {
    requireAlive();
    return real.exists(path);
  }

  @Override
  public synchronized boolean isSameFile(Path one, Path other) throws IOException {
    requireAlive();
    return real.isSameFile(one, other);
  }

  @Override
  public synchronized Optional<Instant> modified(Path file) throws IOException {
    requireAlive();
    return real.modified(file);
  }

  @Override
  public synchronized long size(Path file) throws IOException {
    requireAlive();
    return real.size(file);
  }

  @Override
  public synchronized long usableBytes(Path path) throws IOException {
    requireAlive();
    long usable = real.usableBytes(path);
    return left.isPresent() ? left.getAsLong() : usable;
  }

  /** Says from now on that so many bytes are free. */
  public synchronized void leave(long bytes) {
    left = OptionalLong.of(bytes);
  }

  @Override
  public synchronized boolean isReadOnly(Path path) throws IOException {
    requireAlive();
    return real.isReadOnly(path);
  }

  private synchronized void begin(Act act, Path path, Doing whenTorn) throws IOException {
    requireAlive();
    Operation operation = new Operation(act, path);
    if (act.changes()) {
      if (changes.size() == crashAt) {
        whenTorn.run();
        crashed = true;
        throw new Crash(operation.toString());
      }
      changes.add(operation);
    }
    watcher.before(operation);
  }

  private void requireAlive() {
    if (crashed) {
      throw new Crash("anything else");
    }
  }

  private void remember(Path name, Doing undo) {
    unsynced.addLast(new Unsynced(directoryOf(name), undo));
  }

  private static Path directoryOf(Path name) {
    return Optional.ofNullable(name.getParent()).orElseThrow();
  }

  /** Keeps what has this name alive by another one. */
  private Optional<Path> bury(Path name) throws IOException {
    if (!real.exists(name) || real.isDirectory(name)) {
      return Optional.empty();
    }
    Path grave = graveyard.resolve(Integer.toString(graves++));
    Files.createLink(grave, name);
    return Optional.of(grave);
  }

  /** Undoes a rename, where that is still possible: a later one may be on storage already. */
  private void bringBack(Path from, Path to) throws IOException {
    if (real.exists(from) && !real.exists(to)) {
      Files.move(from, to);
    }
  }

  /** The names below a folder, for a test that shows what it found. */
  public static List<String> tree(Path root) {
    try (var paths = Files.walk(root)) {
      return paths
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
