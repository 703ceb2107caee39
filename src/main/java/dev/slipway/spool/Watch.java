package dev.slipway.spool;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes whoever works on the queue that changed. A hint and nothing more: every queue is swept
 * anyway, so whatever goes wrong here costs at most a second. One callback thread of its own; where
 * the system refuses to watch, {@link #keep} tries again.
 */
public final class Watch implements DirectoryChangeListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Path queues;
  private final Opening opening;
  private final Map<String, Runnable> wakes = new ConcurrentHashMap<>();
  private @Nullable DirectoryWatcher watcher;
  private boolean closed;

  /** Why not everything is watched. */
  private volatile Optional<String> trouble = Optional.empty();

  /** Whether the last thing heard was that something was missed. */
  private volatile boolean stumbled;

  public Watch(StateDirectory state) {
    this(state, state.root().getFileSystem()::newWatchService);
  }

  Watch(StateDirectory state, Opening opening) {
    this.queues = state.queues();
    this.opening = opening;
  }

  /** How one comes by the system's own watching, of which there is little. */
  @FunctionalInterface
  interface Opening {
    WatchService open() throws IOException;
  }

  /** Has {@code wake}, which must not block, run when the queue of this name changes. */
  public void wake(String queue, Runnable wake) {
    wakes.put(queue, wake);
  }

  /** Wakes nobody any more for this queue. */
  public void forget(String queue) {
    wakes.remove(queue);
  }

  /** Why queues are only swept, if that is so: what comes is seen up to a second later. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** Begins to watch; where the system refuses, says so once and leaves it to the sweeps. */
  public synchronized void start(Executor executor) {
    if (!closed) {
      begin(executor).ifPresent(this::refused);
    }
  }

  /** Where something is not watched, begins anew; changes nothing where that is refused again. */
  public synchronized void keep(Executor executor) throws IOException {
    if (closed || trouble.isEmpty()) {
      return;
    }
    end();
    Optional<String> before = trouble;
    trouble = Optional.empty();
    if (begin(executor).isPresent()) {
      trouble = before;
      return;
    }
    log.info("watching again");
    // What came in between was not seen.
    wakes.values().forEach(Runnable::run);
  }

  /** Begins to watch, or answers why that cannot be. */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends when the watcher is closed.
  private Optional<Throwable> begin(Executor executor) {
    try {
      DirectoryWatcher begun = open();
      watcher = begun;
      begun
          .watchAsync(executor)
          .whenComplete((ended, failure) -> ended(begun, Optional.ofNullable(failure)));
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(refused);
    }
  }

  private DirectoryWatcher open() throws IOException {
    WatchService service = opening.open();
    boolean begun = false;
    try {
      DirectoryWatcher made =
          DirectoryWatcher.builder()
              .path(queues)
              .watchService(service)
              .fileHashing(false)
              .listener(this)
              .build();
      begun = true;
      return made;
    } finally {
      if (!begun) {
        service.close();
      }
    }
  }

  /** The one that watched does no more, unless it was told to end. */
  private synchronized void ended(DirectoryWatcher one, Optional<Throwable> failure) {
    if (failure.isPresent() || one.equals(watcher)) {
      refused(failure.orElseGet(() -> new IOException(queues + " is gone")));
    }
  }

  private void refused(Throwable refusal) {
    if (trouble.isEmpty()) {
      log.warn("watching failed, sweeping every second instead reason={}", refusal.toString());
    }
    trouble =
        Optional.of("the queues are swept every second, not watched: " + refusal.getMessage());
  }

  @Override
  public void onEvent(DirectoryChangeEvent event) {
    stumbled = false;
    Path changed = event.path();
    if (changed == null || !changed.startsWith(queues) || changed.equals(queues)) {
      wakes.values().forEach(Runnable::run);
      return;
    }
    Runnable wake = wakes.get(queues.relativize(changed).getName(0).toString());
    if (wake != null) {
      wake.run();
    }
  }

  @Override
  public void onException(Exception failure) {
    if (failure instanceof IOException) {
      // A directory that appeared could not be added.
      refused(failure);
    } else if (!stumbled) {
      // The watcher reports an overflow so; whatever was missed is found by looking.
      log.warn("watching stumbled, sweeping all queues reason={}", failure.toString());
    }
    stumbled = true;
    wakes.values().forEach(Runnable::run);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    end();
  }

  private void end() throws IOException {
    if (watcher != null) {
      watcher.close();
      watcher = null;
    }
  }
}
