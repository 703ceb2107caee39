package dev.slipway.app;

import dev.slipway.checkout.Origin;
import dev.slipway.config.Config;
import dev.slipway.deploy.Deployment;
import dev.slipway.deploy.Workshop;
import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import dev.slipway.github.Account;
import dev.slipway.ledger.Database;
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

  /** What the workers share, on this ground. */
  Workshop workshop(Ledger ledger, Locks locks, Supplier<Config> config, int slots) {
    return new Workshop(
        spool,
        ledger,
        locks,
        new RealProcesses(),
        new Workshop.Site(
            clocks, host, environment, () -> secrets(config.get()), new Semaphore(slots, true)));
  }

  private static List<Secret> secrets(Config config) {
    List<Secret> secrets = new ArrayList<>(config.doors().admission().secrets());
    config.doors().admin().token().ifPresent(secrets::add);
    config.github().map(Account::token).ifPresent(secrets::add);
    config.stores().redis().ifPresent(secrets::add);
    if (config.stores().database() instanceof Database.Server server) {
      server.password().ifPresent(secrets::add);
    }
    config.deployments().stream()
        .map(Deployment::origin)
        .map(Origin::token)
        .forEach(token -> token.ifPresent(secrets::add));
    return secrets;
  }
}
