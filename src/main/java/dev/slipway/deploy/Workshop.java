package dev.slipway.deploy;

import dev.slipway.ledger.Ledger;
import dev.slipway.lock.Locks;
import dev.slipway.process.Processes;
import dev.slipway.spool.Spool;
import dev.slipway.time.Monotonic;
import dev.slipway.vocabulary.ByteSize;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What all workers share. */
public record Workshop(Spool spool, Ledger ledger, Locks locks, Processes processes, Site site) {

  /**
   * The machine they work on.
   *
   * @param environment the daemon's own, of which steps see a small part
   * @param secrets the daemon's own, masked in every release's log
   */
  public record Site(
      Clocks clocks,
      String host,
      Map<String, String> environment,
      Secrets secrets,
      Capacity capacity) {
    public Site {
      environment = Map.copyOf(environment);
    }

    Semaphore slots() {
      return capacity.slots();
    }
  }

  /**
   * How much may be begun.
   *
   * @param slots how many deployments may run at once
   * @param minFreeDisk what must be free on the disks, as the configuration says now
   */
  public record Capacity(Semaphore slots, Supplier<ByteSize> minFreeDisk) {}

  /** The wall clock, and one that only measures. */
  public record Clocks(InstantSource wall, Monotonic ticker) {}
}
