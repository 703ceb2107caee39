package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.Target;
import dev.slipway.deploy.FaultyLedger.Call;
import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.CrashingDisk.PowerLoss;
import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import dev.slipway.dispatch.Dispatcher;
import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Routes;
import dev.slipway.dispatch.Trigger;
import dev.slipway.event.Event;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Source;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.lock.LockName;
import dev.slipway.process.Launch;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.Inbox;
import dev.slipway.spool.Queue;
import dev.slipway.spool.QueueControl;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A whole daemon behind its listener, driven by hand through a random life: inbox, dispatcher and
 * the workers of two deployments on one disk, while everything around them fails as it likes and an
 * operator meddles. All that happens is written into a {@link Chronicle}, which knows the promises.
 */
final class Simulation {
  static final Slug MIRROR = new Slug("mirror");
  static final List<Slug> SLUGS = List.of(Yard.WEBSITE, MIRROR);

  private static final int ACTS = 120;

  private final Path root;
  private final Random random;
  private final Yard yard;
  private final FaultyLedger ledger;
  private final Chronicle chronicle;
  private final Map<String, Integer> commits = new LinkedHashMap<>();
  private final RouteTable routes = new RouteTable();
  private CrashingDisk disk;
  private Daemon daemon;
  private int daemons;
  private int head;
  private boolean nested;
  private boolean ending;
  private boolean ledgerTrouble;

  /** One life of the daemon's parts. */
  private record Daemon(Inbox inbox, Dispatcher dispatcher, Worker website, Worker mirror) {
    Worker worker(Slug slug) {
      return slug.equals(MIRROR) ? mirror : website;
    }
  }

  /** Both deployments follow the same branch. */
  private record RouteTable() {
    Routes routes() {
      RepositoryName repository = new RepositoryName("example/website");
      Trigger trigger = new Trigger.Branch(GitRef.ofBranch("main"));
      return new Routes(
          SLUGS.stream().map(slug -> new Route(slug, repository, trigger, true)).toList());
    }
  }

  Simulation(Path root, long seed) throws IOException {
    this.root = root;
    this.random = new Random(seed);
    this.yard = new Yard(root);
    this.ledger = new FaultyLedger(yard.memory);
    this.chronicle = new Chronicle(yard);
    yard.ledger = ledger;
    yard.onStep = this::onStep;
    ledger.before = this::spoil;
    ledger.after = this::spoil;
    this.disk = new CrashingDisk(root.resolve("graves").resolve("none"));
    this.daemon = startUntilUp();
  }

  /** Lives for a while, then lets everything recover, and checks what was promised. */
  void run() throws Exception {
    for (int i = 0; i < ACTS; i++) {
      try {
        act();
      } catch (CrashingDisk.Crash | Yard.Killed end) {
        crash();
      }
      if (ending) {
        daemon = startUntilUp();
      }
    }
    recover();
    chronicle.check(commits);
  }

  // The daemon

  private Daemon startUntilUp() throws IOException {
    while (true) {
      try {
        return start();
      } catch (CrashingDisk.Crash again) {
        disk.losePower(loss());
      }
    }
  }

  private Daemon start() throws IOException {
    ending = false;
    disk = new CrashingDisk(root.resolve("graves").resolve(Integer.toString(daemons++)));
    if (random.nextInt(3) > 0) {
      disk.crashAt(5 + random.nextInt(150));
    }
    return up(disk);
  }

  private Daemon up(Disk below) throws IOException {
    yard.restart(below);
    Routes table = routes.routes();
    return new Daemon(
        Inbox.open(below, yard.spool.state(), yard.clock),
        new Dispatcher(yard.spool, ledger, () -> table, yard.clock, yard.clock),
        worker(Yard.WEBSITE, 3),
        worker(MIRROR, 1));
  }

  private Worker worker(Slug slug, int attempts) throws IOException {
    Conditions conditions = Yard.conditions(attempts, "build");
    return new Worker(yard.workshop, yard.deployment(slug, conditions, Target.Style.IN_PLACE));
  }

  private PowerLoss loss() {
    return random.nextInt(3) > 0 ? PowerLoss.KEEPS_ALL : PowerLoss.FORGETS_ALL;
  }

  private void crash() throws IOException {
    nested = false;
    disk.losePower(loss());
    daemon = startUntilUp();
  }

  // What happens

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> Optional<T> any(List<T> choices) {
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(choices.get(random.nextInt(choices.size())));
  }

  private Slug anySlug() {
    return SLUGS.get(random.nextInt(SLUGS.size()));
  }

  private void act() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 22) {
      deliver();
    } else if (dice < 40) {
      dispatch();
    } else if (dice < 72) {
      work(anySlug());
    } else if (dice < 80) {
      yard.clock.pass(Duration.ofMillis(random.nextInt(20_000)));
    } else if (dice < 83) {
      yard.clock.step(Duration.ofSeconds(random.nextInt(7_200) - 3_600));
    } else if (dice < 95) {
      meddle(anySlug());
    } else if (dice < 98) {
      ledgerTrouble = !ledgerTrouble;
    } else {
      daemon = startUntilUp();
    }
  }

  private void deliver() throws IOException, InterruptedException {
    List<String> known = List.copyOf(commits.keySet());
    Optional<String> again = chance(20) ? any(known) : Optional.empty();
    if (again.isPresent()) {
      accept(again.get(), Yard.push(again.get(), commits.getOrDefault(again.get(), 0)));
    } else if (chance(8)) {
      String id = "ping-" + chronicle.accepted();
      accept(id, Yard.entry(id, "ping", Source.WEBHOOK, new JsonObject()));
    } else {
      int commit = chance(80) || head == 0 ? ++head : 1 + random.nextInt(head);
      String id = "push-" + chronicle.accepted() + "-" + commit;
      byte[] entry = Yard.push(id, commit);
      // Also where the process ends before it can answer: the event may have arrived.
      commits.put(id, commit);
      accept(id, entry);
    }
  }

  private void accept(String id, byte[] entry) throws IOException, InterruptedException {
    yard.clock.pass(Duration.ofNanos(random.nextInt(1_000)));
    chronicle.begin(id);
    chronicle.accepted(id, daemon.inbox().accept(entry));
  }

  private void dispatch() throws IOException {
    try {
      Duration _ = daemon.dispatcher().step();
    } catch (LedgerUnavailable away) {
      // The loop tries again.
    }
  }

  private void work(Slug slug) throws Exception {
    try {
      Duration _ = daemon.worker(slug).step();
    } catch (LedgerUnavailable away) {
      // The loop tries again.
    }
  }

  private QueueControl control(Slug slug) throws IOException {
    return new QueueControl(yard.disk, yard.spool.state(), yard.spool.queue(slug), yard.clock);
  }

  /** An operator's hands, also while something runs. */
  private void meddle(Slug slug) throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> {
        Optional<EntryName> waiting = any(yard.spool.queue(slug).waiting());
        if (waiting.isPresent() && isNoticed(slug, waiting.get())) {
          chronicle.mayBeCancelled(slug, waiting.get());
          control(slug).remove(waiting.get());
        }
      }
      case 1 -> {
        Optional<EntryName> failed = any(yard.spool.queue(slug).failed());
        if (failed.isPresent()) {
          chronicle.movedUp(slug, failed.get());
          control(slug).retry(failed.get());
        }
      }
      case 2 -> control(slug).pause("by the dice");
      default -> control(slug).resume();
    }
  }

  /** What was moved up and removed again before anybody looked leaves no trace. */
  private boolean isNoticed(Slug slug, EntryName name) throws IOException {
    Queue queue = yard.spool.queue(slug);
    return yard.spool.read(queue.place(name)) instanceof Spool.Reading.Readable(Event event)
        && queue.isPending(event.id());
  }

  private void spoil(Call call) throws LedgerUnavailable {
    if (!ledgerTrouble || !chance(25)) {
      return;
    }
    if (call == Call.END) {
      // A worker would wait for it; but this daemon is about to end.
      stop();
    }
    throw new LedgerUnavailable("no answer");
  }

  private void stop() {
    ending = true;
    SLUGS.forEach(slug -> daemon.worker(slug).stop());
  }

  private static Slug slug(Launch launch) {
    return new Slug(launch.environment().getOrDefault("SLIPWAY_DEPLOYMENT", ""));
  }

  private static EntryName entry(Launch launch) {
    Path file = Path.of(launch.environment().getOrDefault("SLIPWAY_EVENT_FILE", ""));
    return new EntryName(file.getFileName().toString());
  }

  /** What a step meets while it runs. */
  private Script onStep(Launch launch) {
    Slug slug = slug(launch);
    EntryName entry = entry(launch);
    chronicle.ran(slug, entry);
    try {
      meanwhile();
      int dice = random.nextInt(100);
      if (dice < 60) {
        return Script.exits(0);
      } else if (dice < 78) {
        return Script.exits(1);
      } else if (dice < 83) {
        yard.locks.lose(chance(50) ? LockName.ofDeployment(slug) : LockName.named("build"));
        return Script.exits(0);
      } else if (dice < 88) {
        chronicle.mayBeCancelled(slug, entry);
        control(slug).requestCancel(entry, "by the dice");
        daemon.worker(slug).look();
        return Script.lasts();
      } else if (dice < 92) {
        stop();
        return Script.lasts();
      } else if (dice < 94) {
        return Script.missing("no such program");
      }
      throw new Yard.Killed();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** While one deployment runs, the rest of the daemon goes on. */
  private void meanwhile() throws IOException {
    if (nested) {
      return;
    }
    nested = true;
    try {
      for (int i = random.nextInt(4); i > 0; i--) {
        if (chance(50)) {
          deliver();
        } else if (chance(50)) {
          dispatch();
        } else {
          meddle(anySlug());
        }
      }
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    } finally {
      nested = false;
    }
  }

  // The end

  /** Nothing fails any more; what can be worked off is. */
  private void recover() throws Exception {
    ledgerTrouble = false;
    List<Integer> ran = new ArrayList<>(yard.ran);
    yard.onStep =
        launch -> {
          Slug slug = slug(launch);
          Path file = Path.of(launch.environment().get("SLIPWAY_EVENT_FILE"));
          chronicle.ran(slug, new EntryName(file.getFileName().toString()));
          return Script.exits(0);
        };
    daemon = up(new RealDisk());
    for (Slug slug : SLUGS) {
      control(slug).resume();
    }
    for (int round = 0; round < 60; round++) {
      for (int i = 0; i < 3; i++) {
        dispatch();
      }
      for (Slug slug : SLUGS) {
        Yard.work(daemon.worker(slug));
      }
      yard.clock.pass(Duration.ofMinutes(1));
    }
    assertEquals(List.of(), yard.spool.unrouted());
    assertTrue(yard.ran.size() >= ran.size());
  }
}
