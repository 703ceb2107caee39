package dev.slipway.spool;

import dev.slipway.disk.Disk;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Gives names that strictly increase, also when the clock steps back or the daemon restarts. The
 * file {@code names} holds a bound that every name given so far stays under; it is moved ahead by a
 * window at a time, so that naming seldom writes. Names that operators chose never move this clock.
 *
 * <p>Not thread-safe: its owner names under a lock of its own.
 */
final class NameClock {
  /** How far the bound is moved ahead; after a crash, names may be this far in the future. */
  static final long WINDOW_NANOS = 1_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Disk disk;
  private final StateDirectory state;
  private final InstantSource clock;
  private long last;
  private long bound;

  private NameClock(Disk disk, StateDirectory state, InstantSource clock, long last) {
    this.disk = disk;
    this.state = state;
    this.clock = clock;
    this.last = last;
    this.bound = last;
  }

  /** Continues where the last clock of this state directory ended. */
  static NameClock open(Disk disk, StateDirectory state, InstantSource clock) throws IOException {
    NameClock names = new NameClock(disk, state, clock, readBound(disk, state));
    names.reserve(Math.max(epochNanos(clock.instant()), names.last));
    return names;
  }

  /** The next name: now, or just behind the last one where now is not later. */
  EntryName next() throws IOException {
    long next = Math.max(epochNanos(clock.instant()), last + 1);
    if (next > bound) {
      reserve(next);
    }
    last = next;
    return EntryName.at(next);
  }

  /** Moves the bound back to the last name given, so that a clean restart leaves no gap. */
  void close() throws IOException {
    write(last);
  }

  /** The bound that stands in the file; 0 where none was ever written. */
  static long readBound(Disk disk, StateDirectory state) throws IOException {
    try {
      String text = new String(disk.read(state.names(), 64), StandardCharsets.US_ASCII).strip();
      return Long.parseLong(text);
    } catch (NoSuchFileException never) {
      return 0;
    } catch (NumberFormatException damaged) {
      throw new IOException(state.names() + " does not hold a number; remove it to start anew");
    }
  }

  static long epochNanos(Instant instant) {
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }

  private void reserve(long from) throws IOException {
    long ahead = from + WINDOW_NANOS;
    write(ahead);
    bound = ahead;
  }

  private void write(long value) throws IOException {
    Path temporary = state.temporary().resolve("names");
    disk.delete(temporary);
    disk.stage(
        temporary,
        String.format(Locale.ROOT, "%019d%n", value).getBytes(StandardCharsets.US_ASCII));
    disk.replace(temporary, state.names());
    disk.sync(state.root());
  }
}
