package dev.slipway.cli;

import dev.slipway.config.Config;
import dev.slipway.deploy.Preflight;
import dev.slipway.disk.RealDisk;
import dev.slipway.dispatch.Route;
import dev.slipway.ledger.SqlHistory;
import dev.slipway.lock.StateLock;
import dev.slipway.process.Identity;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.status.ReleaseLogs;
import dev.slipway.status.Sources;
import dev.slipway.time.Bell;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * What a command works on: the state directory and the record store that the configuration names. A
 * command of root's works as the owner of the state directory.
 */
final class Desk implements AutoCloseable {
  private final Config config;
  private final SqlHistory history;
  private final Sources sources;
  private final Bell never = new Bell();

  private Desk(Config config) {
    this.config = config;
    this.history = SqlHistory.of(config.stores().database());
    Spool spool = new Spool(new RealDisk(), new StateDirectory(config.host().stateDir()));
    this.sources =
        new Sources(
            spool,
            history,
            config::routes,
            InstantSource.system(),
            slug ->
                config
                    .deployment(slug)
                    .flatMap(one ->
                        new Preflight(spool, one, () -> config.host().minFreeDisk()).shortage()));
  }

  static Desk open(Config config) throws IOException {
    Identity.becomeOwnerOf(config.host().stateDir());
    return new Desk(config);
  }

  Sources sources() {
    return sources;
  }

  /** The deployment of this name, if it is configured or has left a queue. */
  Slug slug(String name) throws IOException {
    try {
      Slug slug = new Slug(name);
      if (sources.knows(slug)) {
        return slug;
      }
    } catch (IllegalArgumentException malformed) {
      throw new Exit.Early(Exit.USAGE, "slipway: " + malformed.getMessage());
    }
    List<String> known = config.routes().stream().map(Route::slug).map(Slug::value).toList();
    throw new Exit.Early(
        Exit.FAILED,
        "slipway: there is no deployment %s%s"
            .formatted(
                Quoted.of(name),
                known.isEmpty()
                    ? "; none is configured"
                    : "; there are " + String.join(", ", known)));
  }

  /**
   * Rests before the next look at something that the daemon is to do.
   *
   * @throws Exit.Early when no daemon runs that could do it
   */
  void await() throws IOException, InterruptedException {
    if (!isDaemonRunning()) {
      throw new Exit.Early(
          Exit.UNAVAILABLE,
          "slipway: the daemon ended; `slipway status` shows what waits for its next start");
    }
    never.rest(ReleaseLogs.PAUSE);
  }

  /** Whether a process works events off now. */
  boolean isDaemonRunning() throws IOException {
    return new StateLock(sources.spool().state().locks().resolve("work")).holder().isPresent();
  }

  @Override
  public void close() {
    history.close();
  }
}
