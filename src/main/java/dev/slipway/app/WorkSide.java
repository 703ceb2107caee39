package dev.slipway.app;

import dev.slipway.checkout.ReleaseDirectories;
import dev.slipway.checkout.Target;
import dev.slipway.config.Config;
import dev.slipway.deploy.Deployment;
import dev.slipway.deploy.Orphans;
import dev.slipway.deploy.Workshop;
import dev.slipway.dispatch.Dispatcher;
import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Routes;
import dev.slipway.housekeeping.Housekeeping;
import dev.slipway.housekeeping.Premises;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.SchemaFault;
import dev.slipway.ledger.SqlLedger;
import dev.slipway.lock.FileLocks;
import dev.slipway.lock.Locks;
import dev.slipway.lock.RedisLocks;
import dev.slipway.lock.RedisSettings;
import dev.slipway.spool.Watch;
import dev.slipway.time.Bell;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything behind the listener: the record store, the dispatcher, the workers. It starts without
 * waiting for the record store, and begins to work as soon as that answers.
 */
final class WorkSide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkSide.class);

  /** How often the record store and Redis are asked whether they are well. */
  private static final Duration HEALTH = Duration.ofSeconds(2);

  /** How often it is tried to watch what the system refused to. */
  private static final Duration WATCH_AGAIN = Duration.ofSeconds(15);

  private final Ground ground;
  private final Watch watch;
  private final Executor watching =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("watch").factory());
  private final WorkStatus status;
  private final CatchUp catchUp;
  private @Nullable RedisLocks shared;
  private final Bell dispatch = new Bell();

  /** Those of the start: others are taken up by a restart. */
  private final Config.Stores stores;

  private volatile Config config;
  private volatile Routes routes;
  private volatile Optional<String> ledgerTrouble =
      Optional.of("the record store has not answered yet");
  private volatile Optional<String> redisTrouble = Optional.empty();
  private @Nullable SqlLedger ledger;
  private @Nullable Stations stations;
  private boolean works;
  private boolean finishing;

  WorkSide(Ground ground, Config config) {
    this.ground = ground;
    this.config = config;
    this.stores = config.stores();
    this.routes = new Routes(config.routes());
    this.watch = new Watch(ground.spool().state());
    this.catchUp = new CatchUp(ground, () -> this.config);
    this.status = new WorkStatus(ground.spool().disk(), ground.spool().state());
  }

  /** Begins; returns at once. */
  void start(Crew crew) throws IOException {
    ground.spool().prepare();
    for (Deployment deployment : working(config)) {
      ground.spool().queue(deployment.slug());
    }
    watch.wake(Slug.DISPATCHER, dispatch::ring);
    watch.start(watching);
    crew.start("watch", this::keepWatching, new Bell());
    Locks locks = locks(crew);
    crew.start("record-store", () -> keepLedger(crew, locks), new Bell());
  }

  private Duration keepWatching() throws IOException {
    watch.keep(watching);
    return WATCH_AGAIN;
  }

  private Locks locks(Crew crew) {
    Locks local = new FileLocks(ground.spool().state().locks());
    Optional<Secret> redis = stores.redis();
    if (redis.isEmpty()) {
      return local;
    }
    RedisLocks leases =
        new RedisLocks(
            local, RedisSettings.of(redis.get().reveal()), ground.clocks().ticker()::nanos);
    shared = leases;
    crew.start("leases", leases.renewal(), new Bell());
    crew.start("redis", () -> watchRedis(leases), new Bell());
    return leases;
  }

  private Duration watchRedis(RedisLocks leases) throws IOException {
    try {
      leases.check();
      redisTrouble = Optional.empty();
    } catch (IOException away) {
      redisTrouble = Optional.of(String.valueOf(away.getMessage()));
      throw away;
    }
    return HEALTH;
  }

  /** What stands in the way of working events off, and what makes it slower. */
  Health health() {
    List<String> obstacles = new ArrayList<>();
    ledgerTrouble.ifPresent(obstacles::add);
    redisTrouble.ifPresent(obstacles::add);
    Config now = config;
    working(now).stream()
        .flatMap(deployment -> ground.preflight(deployment, now).shortage().stream())
        .distinct()
        .forEach(obstacles::add);
    return new Health(obstacles, watch.trouble().stream().toList());
  }

  private Duration keepLedger(Crew crew, Locks locks)
      throws IOException, LedgerUnavailable, InterruptedException {
    try {
      SqlLedger open = ledger;
      if (open == null) {
        open = SqlLedger.open(stores.database());
        ledger = open;
      }
      if (works) {
        var _ = open.running(ground.host());
      } else {
        work(open, crew, locks);
        works = true;
      }
      ledgerTrouble = Optional.empty();
    } catch (LedgerUnavailable away) {
      ledgerTrouble = Optional.of("the record store does not answer: " + away.getMessage());
      throw away;
    } catch (SchemaFault fault) {
      // Mended by a command while events go on being accepted: waiting beats ending.
      ledgerTrouble = Optional.of(String.valueOf(fault.getMessage()));
      throw new LedgerUnavailable(String.valueOf(fault.getMessage()), fault);
    } finally {
      status.write(health());
    }
    return HEALTH;
  }

  private synchronized void work(SqlLedger open, Crew crew, Locks locks)
      throws IOException, LedgerUnavailable, InterruptedException {
    if (finishing) {
      return;
    }
    Stations made = stations;
    if (made == null) {
      Workshop workshop = ground.workshop(open, locks, () -> config, config.host().maxRunning());
      new Remains(ground.spool(), workshop.processes()).end();
      Orphans orphans = new Orphans(workshop);
      orphans.recover(slugs(config));
      crew.start("orphans", () -> orphans.sweep(slugs(config)), new Bell());
      made = new Stations(workshop, crew, watch);
      stations = made;
    }
    made.arrange(working(config));
    Dispatcher dispatcher =
        new Dispatcher(
            ground.spool(), open, () -> routes, ground.clocks().wall(), ground.clocks().ticker());
    catchUp.start(crew, open);
    crew.start("dispatcher", dispatcher, dispatch);
    crew.start("cancels", made, made.bell());
    crew.start("housekeeping", housekeeping(open), new Bell());
    log.info(
        "working deployments={} state_dir={}",
        working(config).size(),
        ground.spool().state().root());
  }

  private Housekeeping housekeeping(SqlLedger open) {
    return Housekeeping.of(
        new Premises(ground.spool(), open, open.attic(), ground.host(), this::trees),
        ground.clocks().wall(),
        ground.clocks().ticker());
  }

  private List<ReleaseNumber> trees(Slug slug) throws IOException {
    for (Deployment deployment : config.deployments()) {
      if (deployment.slug().equals(slug) && deployment.target().style() == Target.Style.RELEASES) {
        return ReleaseDirectories.under(deployment.target().path());
      }
    }
    return List.of();
  }

  /** Takes over a new configuration; what runs goes on under the old one. */
  synchronized void change(Config next) {
    config = next;
    routes = new Routes(next.routes());
    if (stations != null) {
      stations.arrange(working(next));
    }
    dispatch.ring();
    catchUp.change();
  }

  private static List<Slug> slugs(Config config) {
    return working(config).stream().map(Deployment::slug).toList();
  }

  private static List<Deployment> working(Config config) {
    Set<Slug> enabled =
        config.routes().stream()
            .filter(Route::enabled)
            .map(Route::slug)
            .collect(Collectors.toSet());
    return config.deployments().stream()
        .filter(deployment -> enabled.contains(deployment.slug()))
        .toList();
  }

  /** Starts nothing new, and waits at most {@code grace} for what runs. */
  void finish(Duration grace) throws InterruptedException {
    Stations working;
    synchronized (this) {
      finishing = true;
      working = stations;
    }
    if (working != null) {
      working.finish(grace);
    }
  }

  /** Closed after the crew: nobody uses the record store any more. */
  @Override
  public void close() throws IOException {
    catchUp.close();
    watch.close();
    SqlLedger open = ledger;
    if (open != null) {
      open.close();
    }
    RedisLocks leases = shared;
    if (leases != null) {
      leases.close();
    }
  }
}
