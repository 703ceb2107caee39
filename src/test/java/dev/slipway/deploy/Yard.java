package dev.slipway.deploy;

import dev.slipway.checkout.Origin;
import dev.slipway.checkout.Target;
import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Source;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.lock.MemoryLocks;
import dev.slipway.plan.Command;
import dev.slipway.plan.Facts;
import dev.slipway.plan.Plan;
import dev.slipway.plan.Recipe;
import dev.slipway.plan.Step;
import dev.slipway.process.Launch;
import dev.slipway.process.ScriptedProcesses;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.spool.Queue;
import dev.slipway.spool.QueueControl;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.time.ManualClock;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One state directory with everything a worker needs: a record store and locks in memory, a clock
 * that is set by hand, and programs that are scripted. The deployment {@code website} has one step,
 * which does what the test says, on the worker's own thread. A daemon that crashed is left behind
 * by {@link #restart}: files and record store stay, everything else is new.
 */
public final class Yard {
  public static final Slug WEBSITE = new Slug("website");
  public static final String HOST = "host-1";
  public static final Secret SECRET = new Secret("hunter-two");

  /** The end of the process in the middle of a step, as by SIGKILL. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  public final Path root;
  public final ManualClock clock;
  public final MemoryLedger memory;
  public final ScriptedProcesses processes = new ScriptedProcesses(this::script);

  /** What a step does, and how it ends. */
  public Function<Launch, Script> onStep = launch -> Script.exits(0);

  /** Looks at each git that is run. */
  Consumer<Launch> onGit = launch -> {};

  /** The commits that steps ran with, each as its number. */
  public final List<Integer> ran = new CopyOnWriteArrayList<>();

  public Ledger ledger;
  public Disk disk;
  public MemoryLocks locks;
  public Spool spool;
  public Workshop workshop;
  Semaphore slots;

  /** What must be free on the disk before a release begins. */
  ByteSize minFreeDisk = new ByteSize(0);

  /** Who works now, for a step that wants to tell it something. */
  @Nullable Worker worker;

  public Yard(Path root) throws IOException {
    this(root, new RealDisk());
  }

  Yard(Path root, Disk disk) throws IOException {
    this.root = root;
    this.clock = ManualClock.atSomeMoment();
    this.memory = new MemoryLedger();
    this.ledger = memory;
    restart(disk);
  }

  /** A new daemon on what the last one left. */
  void restart(Disk newDisk) throws IOException {
    disk = newDisk;
    locks = new MemoryLocks();
    slots = new Semaphore(2, true);
    spool = new Spool(disk, new StateDirectory(root.resolve("state")));
    Workshop.Site site =
        new Workshop.Site(
            new Workshop.Clocks(clock, clock),
            HOST,
            Map.of("PATH", "/usr/bin:/bin", "DAEMON_TOKEN", "hunter-two"),
            new Secrets(() -> List.of(SECRET)),
            new Workshop.Capacity(slots, () -> minFreeDisk));
    spool.prepare();
    disk.createDirectories(spool.state().dispatcher());
    workshop = new Workshop(spool, ledger, locks, processes, site);
  }

  void restart() throws IOException {
    restart(new RealDisk());
  }

  private Script script(Launch launch) {
    if (FakeGit.isGit(launch)) {
      onGit.accept(launch);
      return FakeGit.answer(launch);
    }
    ran.add(Integer.parseInt(launch.environment().get("SLIPWAY_COMMIT"), 16));
    return onStep.apply(launch);
  }

  // Deployments

  public static Conditions conditions(int attempts, String... locks) {
    return conditions(attempts, Conditions.Succession.NONE, locks);
  }

  static Conditions conditions(int attempts, Conditions.Succession succession, String... locks) {
    return new Conditions(
        new Conditions.Tries(attempts, Duration.ofSeconds(10)),
        succession,
        Duration.ofMinutes(30),
        List.of(locks),
        Map.of());
  }

  public Deployment website() {
    return deployment(WEBSITE, conditions(1), Target.Style.IN_PLACE);
  }

  public Deployment website(Conditions conditions) {
    return deployment(WEBSITE, conditions, Target.Style.IN_PLACE);
  }

  public Deployment deployment(Slug slug, Conditions conditions, Target.Style style) {
    return deployment(slug, conditions, style, new OneStep());
  }

  Deployment deployment(Slug slug, Conditions conditions, Target.Style style, Recipe recipe) {
    Origin origin =
        new Origin(
            new RepositoryName("example/website"),
            "https://git.example.org/example/website.git",
            Optional.empty(),
            Optional.empty());
    return new Deployment(slug, origin, new Target(path(slug), style, 3), conditions, recipe);
  }

  /** Where a deployment's commits go. */
  Path path(Slug slug) {
    return root.resolve("srv").resolve(slug.value());
  }

  private record OneStep() implements Recipe {
    @Override
    public String name() {
      return "one-step";
    }

    @Override
    public Plan plan(Facts facts) {
      return new Plan(List.of(Step.Run.of(new Command.Words(List.of("deploy", "it")))));
    }
  }

  Worker worker() throws IOException {
    return new Worker(workshop, website());
  }

  Worker worker(Conditions conditions) throws IOException {
    return new Worker(workshop, website(conditions));
  }

  /** Steps until there is nothing to do now; answers how long it may rest. */
  static Duration work(Worker worker) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      Duration rest = worker.step();
      if (rest.isPositive()) {
        return rest;
      }
    }
    throw new AssertionError("the worker does not come to rest");
  }

  // Events

  static EventId id(String id) {
    return new EventId(id);
  }

  /** A push of the commit of this number to the branch main. */
  public static byte[] push(String id, int commit) {
    return push(id, commit, Source.WEBHOOK);
  }

  static byte[] push(String id, int commit, Source source) {
    JsonObject payload =
        new JsonObject()
            .with("ref", "refs/heads/main")
            .with("after", FakeGit.commit(commit))
            .with("deleted", false)
            .with("head_commit", new JsonObject().with("id", FakeGit.commit(commit)))
            .with("repository", new JsonObject().with("full_name", "example/website"));
    return entry(id, "push", source, payload);
  }

  static byte[] entry(String id, String kind, Source source, JsonObject payload) {
    EntryCodec.Head head =
        new EntryCodec.Head(
            id(id), kind, ManualClock.atSomeMoment().instant(), source, Optional.empty());
    return EntryCodec.write(head, payload.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Forwards a push into the queue of {@code website} as the dispatcher does. */
  public EntryName deliver(String id, int commit) throws IOException {
    return forward(WEBSITE, id, push(id, commit));
  }

  public EntryName forward(Slug slug, String id, byte[] entry) throws IOException {
    clock.pass(Duration.ofMillis(1));
    EntryName name = EntryName.at(ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()));
    Path unrouted = spool.unrouted(name);
    disk.stage(unrouted, entry);
    Queue queue = spool.queue(slug);
    queue.forward(unrouted, name, id(id));
    queue.sync();
    disk.delete(unrouted);
    disk.sync(spool.state().dispatcher());
    return name;
  }

  /** Drops an entry into the queue as an operator does: by rename. */
  EntryName drop(String name, byte[] entry) throws IOException {
    Files.createDirectories(spool.state().queue(WEBSITE));
    Path draft = Files.write(root.resolve("draft"), entry);
    Files.move(draft, spool.state().queue(WEBSITE).resolve(name));
    return new EntryName(name);
  }

  // What is there

  public Queue queue() throws IOException {
    return spool.queue(WEBSITE);
  }

  public QueueControl control() throws IOException {
    return new QueueControl(disk, spool.state(), queue(), clock);
  }

  public List<EntryName> waiting() throws IOException {
    return queue().waiting();
  }

  List<EntryName> active() throws IOException {
    return queue().active();
  }

  List<EntryName> failed() throws IOException {
    return queue().failed();
  }

  String reason(EntryName failed) throws IOException {
    return Files.readString(queue().place(failed).resolveSibling("failed/" + failed + ".reason"))
        .strip();
  }

  /** What is recorded of an event for the website. */
  Optional<ProcessedEvent> record(String id) {
    return memory.everything().stream()
        .filter(event -> event.id().equals(id(id)))
        .filter(event -> event.deployment().equals(Optional.of(WEBSITE)))
        .findFirst();
  }

  public String outcome(String id) {
    return record(id).map(ProcessedEvent::outcome).orElse("none");
  }

  /** The states of all releases, the oldest first. */
  public List<ReleaseState> states() throws Exception {
    return releases().stream().map(Release::state).toList();
  }

  List<Release> releases() throws Exception {
    return memory.releases(WEBSITE, Optional.empty(), 1_000).reversed();
  }

  /** How many releases run now. */
  int releasesRunning() {
    try {
      return memory.running(HOST).size();
    } catch (LedgerUnavailable away) {
      throw new AssertionError(away);
    }
  }

  /** The lines of a release's log. */
  List<String> log(Release release) throws IOException {
    return Files.readAllLines(
        spool.state().log(release.deployment(), release.version()), StandardCharsets.UTF_8);
  }

  /** Everything below the state directory that belongs to a queue, for the message of a failure. */
  List<String> tree() {
    return CrashingDisk.tree(spool.state().root());
  }
}
