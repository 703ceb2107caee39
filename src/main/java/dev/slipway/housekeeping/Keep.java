package dev.slipway.housekeeping;

import dev.slipway.vocabulary.ByteSize;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How much of a kind is kept. What is younger than {@code young} stays, and so do the {@code
 * newest}; of the rest what is younger than {@code old}, as long as it is among the newest {@code
 * most}.
 */
record Keep(Duration young, int newest, Duration old, int most) {
  /** Logs and descriptions of one deployment's releases. */
  static final Keep RELEASE_FILES = new Keep(Duration.ofDays(1), 200, Duration.ofDays(90), 2_000);

  /** The bytes of all logs together; the oldest go first. */
  static final ByteSize LOGS = ByteSize.parse("2GiB");

  /**
   * Entries of one deployment that were given up. None goes while GitHub still offers to deliver it
   * again (three days; its Enterprise Server, seven), for that is to run it.
   */
  static final Keep FAILED = new Keep(Duration.ofDays(14), 0, Duration.ofDays(90), 1_000);

  /** What is no event. */
  static final Keep CORRUPT = new Keep(Duration.ofDays(14), 0, Duration.ofDays(90), 1_000);

  /**
   * How long it is known that an event was worked off: far longer than GitHub offers to deliver it
   * again.
   */
  static final Duration EVENTS_AGE = Duration.ofDays(90);

  /** So many of a deployment's events are known however old they are. */
  static final int EVENTS = 1_000;

  /** How long releases are on record. */
  static final Duration RELEASES_AGE = Duration.ofDays(365);

  /**
   * So many of a deployment's releases are on record however old they are, and so many of those
   * that succeeded.
   */
  static final int RELEASES = 1_000;

  /** After this nobody still writes a temporary file, or is about to put beside it what belongs. */
  static final Duration ABANDONED = Duration.ofDays(1);

  /** When things change places: it is asked of the disk, for as few as possible. */
  @FunctionalInterface
  interface Dates<T> {
    /** Absent where it is gone. */
    Optional<Instant> of(T thing) throws IOException;
  }

  /** Those that go, the oldest first, at most {@code limit} of them. */
  <T> List<T> beyond(List<T> newestFirst, Dates<T> dates, Instant now, int limit)
      throws IOException {
    Deque<T> gone = new ArrayDeque<>();
    for (int i = newestFirst.size() - 1; i >= newest && gone.size() < limit; i--) {
      T thing = newestFirst.get(i);
      Optional<Instant> date = dates.of(thing);
      if (date.isPresent() && goes(i, Duration.between(date.get(), now))) {
        gone.addLast(thing);
      }
    }
    return List.copyOf(gone);
  }

  private boolean goes(int newer, Duration age) {
    return age.compareTo(young) >= 0 && (newer >= most || age.compareTo(old) >= 0);
  }
}
