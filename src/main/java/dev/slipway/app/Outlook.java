package dev.slipway.app;

import dev.slipway.lock.StateLock;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well events can be accepted and worked off, as the state directory shows it to anybody: a
 * command, or the intake process. Looking writes nothing.
 */
public final class Outlook {
  /** What an event, its directory and the name clock may take, in bytes. */
  private static final long ROOM = 256 << 10;

  private Outlook() {}

  /** That of the disk, and of the daemon that works on it. */
  public static Health of(Spool spool) {
    Health work = ofWork(spool);
    List<String> obstacles = new ArrayList<>();
    ofDisk(spool).ifPresent(obstacles::add);
    obstacles.addAll(work.obstacles());
    return new Health(obstacles, work.flaws());
  }

  /** Why no event could be written, as far as that is seen without writing. */
  static Optional<String> ofDisk(Spool spool) {
    StateDirectory state = spool.state();
    try {
      if (spool.disk().isReadOnly(state.root())) {
        return Optional.of("the disk of " + state.root() + " is read-only");
      }
      long usable = spool.disk().usableBytes(state.root());
      return usable < ROOM
          ? Optional.of("the disk of " + state.root() + " is full: " + usable + " bytes are left")
          : Optional.empty();
    } catch (IOException unknown) {
      return Optional.of("the state directory cannot be looked at: " + unknown);
    }
  }

  /** What the work side says of itself, be it another process or this one. */
  static Health ofWork(Spool spool) {
    StateDirectory state = spool.state();
    try {
      return worker(state).holder().isEmpty()
          ? Health.hinderedBy("no work process runs: events are kept until one does")
          : new WorkStatus(spool.disk(), state).read();
    } catch (IOException unknown) {
      return Health.hinderedBy("the work process's status cannot be read: " + unknown);
    }
  }

  /** Held by the process that works events off. */
  static StateLock worker(StateDirectory state) {
    return new StateLock(state.locks().resolve("work"));
  }
}
