package dev.slipway.app;

import dev.slipway.spool.Spool;
import dev.slipway.time.Monotonic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether the state directory takes a file, found out by writing one: no other question tells of
 * every quota, broken disk and used-up inode. Any thread; whoever asks within a second of another
 * gets the same answer.
 */
final class Probe {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final byte[] CONTENT = new byte[4 << 10];

  private final Spool spool;
  private final Monotonic ticker;
  private Optional<String> answer = Optional.empty();
  private long answeredAt;
  private boolean asked;

  Probe(Spool spool, Monotonic ticker) {
    this.spool = spool;
    this.ticker = ticker;
  }

  /** Why it takes none. */
  synchronized Optional<String> obstacle() {
    if (!asked || ticker.nanos() - answeredAt >= FRESH.toNanos()) {
      answer = Outlook.ofDisk(spool).or(this::write);
      answeredAt = ticker.nanos();
      asked = true;
    }
    return answer;
  }

  private Optional<String> write() {
    Path probe = spool.state().root().resolve(".probe-" + UUID.randomUUID());
    try {
      spool.disk().stage(probe, CONTENT);
      spool.disk().delete(probe);
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(
          "the state directory " + spool.state().root() + " takes no files: " + refused);
    }
  }
}
