package dev.slipway.app;

import dev.slipway.config.Config;
import dev.slipway.deploy.Deployment;
import dev.slipway.deploy.Preflight;
import dev.slipway.deploy.Secrets;
import dev.slipway.deploy.Workshop;
import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import dev.slipway.ledger.Ledger;
import dev.slipway.lock.Locks;
import dev.slipway.process.RealProcesses;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.time.Monotonic;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What the daemon stands on: the disk and the machine. */
record Ground(Spool spool, Workshop.Clocks clocks, String host, Map<String, String> environment) {
  private static final int TOKEN_LIMIT = 4 << 10;

  Ground {
    environment = Map.copyOf(environment);
  }

  /** This machine's, as the configuration says. */
  static Ground of(Config config) {
    Disk disk = new RealDisk();
    StateDirectory state = new StateDirectory(config.host().stateDir());
    return new Ground(
        new Spool(disk, state),
        new Workshop.Clocks(InstantSource.system(), Monotonic.system()),
        hostName(disk),
        System.getenv());
  }

  /**
   * The kernel's name for this machine; a confined process may not see it, and does not need it.
   */
  private static String hostName(Disk disk) {
    try {
      byte[] name = disk.read(Path.of("/proc/sys/kernel/hostname"), 1024);
      return new String(name, StandardCharsets.UTF_8).strip();
    } catch (IOException hidden) {
      return "localhost";
    }
  }

  /** Whether there is room on the disks for a release. */
  Preflight preflight(Deployment deployment, Config config) {
    return new Preflight(spool, deployment, () -> config.host().minFreeDisk());
  }

  /** What the workers share, on this ground. */
  Workshop workshop(Ledger ledger, Locks locks, Supplier<Config> config, int slots) {
    return new Workshop(
        spool,
        ledger,
        locks,
        new RealProcesses(),
        new Workshop.Site(
            clocks,
            host,
            environment,
            new Secrets(() -> secrets(config.get())),
            new Workshop.Capacity(
                new Semaphore(slots, true), () -> config.get().host().minFreeDisk())));
  }

  /** Those of the configuration, and the token of the admin listener that was made here. */
  private List<Secret> secrets(Config config) {
    List<Secret> secrets = new ArrayList<>(config.stores().secrets());
    try {
      byte[] token = spool.disk().read(spool.state().adminToken(), TOKEN_LIMIT);
      String text = new String(token, StandardCharsets.UTF_8).strip();
      if (!text.isEmpty()) {
        secrets.add(new Secret(text));
      }
    } catch (IOException none) {
      return secrets;
    }
    return secrets;
  }
}
