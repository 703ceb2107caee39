package dev.slipway.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of many who read at once, each opened when it is first needed: one slow question
 * holds up nobody else. Who finds none free within the limit is told so. After an error none that
 * was open before is used again.
 */
final class FewConnections implements Connections {
  private static final int TO_SERVER = 4;

  /** SQLite works on the caller's own thread, of which there are few that really run. */
  private static final int TO_FILE = 2;

  private static final Duration WAIT = Duration.ofMillis(2500);

  private final Duration wait;
  private final int count;

  /** Those that nobody has, the last used first. */
  private final BlockingDeque<OneConnection> free = new LinkedBlockingDeque<>();

  FewConnections(Database database) {
    this(database, WAIT);
  }

  FewConnections(Database database, Duration wait) {
    this.wait = wait;
    this.count =
        switch (database) {
          case Database.Embedded _ -> TO_FILE;
          case Database.Server _ -> TO_SERVER;
        };
    for (int i = 0; i < count; i++) {
      free.addLast(new OneConnection(database));
    }
  }

  @Override
  public <T> Optional<T> on(Work<T> work) throws LedgerUnavailable {
    OneConnection lent = lend();
    if (lent == null) {
      throw new LedgerUnavailable(
          "the record store is slow: all %d connections for reading have been busy for %d ms"
              .formatted(count, wait.toMillis()));
    }
    try {
      return lent.on(work);
    } catch (LedgerUnavailable outage) {
      // Those that rest are as old as the one that broke.
      closeFree();
      throw outage;
    } finally {
      free.addFirst(lent);
    }
  }

  private @Nullable OneConnection lend() throws LedgerUnavailable {
    try {
      return free.pollFirst(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable("the reader was ended while it waited", ending);
    }
  }

  private void closeFree() {
    List<OneConnection> resting = new ArrayList<>();
    free.drainTo(resting);
    for (OneConnection connection : resting) {
      connection.close();
      free.addLast(connection);
    }
  }

  /** Those that somebody still has close with his work. */
  @Override
  public void close() {
    closeFree();
  }
}
