package dev.slipway.spool;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes whoever works on the queue that changed. A hint and nothing more: every queue is swept
 * anyway, so whatever goes wrong here costs at most a second. One callback thread of its own.
 */
public final class Watch implements DirectoryChangeListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Path queues;
  private final Map<String, Runnable> wakes = new ConcurrentHashMap<>();
  private @Nullable DirectoryWatcher watcher;

  public Watch(StateDirectory state) {
    queues = state.queues();
  }

  /** Has {@code wake}, which must not block, run when the queue of this name changes. */
  public void wake(String queue, Runnable wake) {
    wakes.put(queue, wake);
  }

  /** Wakes nobody any more for this queue. */
  public void forget(String queue) {
    wakes.remove(queue);
  }

  /** Begins to watch; where the system refuses, says so once and leaves it to the sweeps. */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends when the watcher is closed.
  public void start(Executor executor) {
    try {
      watcher = DirectoryWatcher.builder().path(queues).fileHashing(false).listener(this).build();
      watcher
          .watchAsync(executor)
          .whenComplete((ended, failure) -> {
            if (failure != null) {
              sayRefused(failure);
            }
          });
    } catch (IOException refused) {
      sayRefused(refused);
    }
  }

  private static void sayRefused(Throwable refused) {
    log.warn("watching failed, sweeping every second instead reason={}", refused.toString());
  }

  @Override
  public void onEvent(DirectoryChangeEvent event) {
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
    // The watcher reports an overflow so; whatever was missed is found by looking.
    log.warn("watching stumbled, sweeping all queues reason={}", failure.toString());
    wakes.values().forEach(Runnable::run);
  }

  @Override
  public void close() throws IOException {
    if (watcher != null) {
      watcher.close();
    }
  }
}
