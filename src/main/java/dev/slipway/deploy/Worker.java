package dev.slipway.deploy;

import dev.slipway.checkout.Checkout;
import dev.slipway.checkout.Git;
import dev.slipway.checkout.GitHistory;
import dev.slipway.checkout.GitKnownHosts;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.spool.Backlog;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Retry;
import dev.slipway.spool.RunNote;
import dev.slipway.time.Loop;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Works one deployment's queue off, one entry at a time, in the order of their names. An entry that
 * is to be tried again later holds those behind it back: a deployment's events are never reordered.
 * One thread; {@link #drain}, {@link #stop} and {@link #look} may be called by others.
 */
public final class Worker implements Loop {
  /** How many of the newest entries are asked whether one has taken another's place. */
  private static final int BEHIND = 10;

  /** How long to rest where a lock or a slot is taken. */
  private static final Duration BUSY = Duration.ofMillis(250);

  private final Workshop workshop;
  private final Deployment deployment;
  private final Queue queue;
  private final Backlog backlog;
  private final ByHand byHand;
  private final Coalescing coalescing;
  private final InHand inHand = new InHand();
  private final Settlement settlement;
  private final Runner runner;
  private final Overtaking overtaking;
  private final Preflight preflight;

  /** What may have left something to be cleared away before anything else; empty: nothing has. */
  private Optional<Recovery.Cause> leftovers = Optional.of(Recovery.Cause.DAEMON_ENDED);

  public Worker(Workshop workshop, Deployment deployment) throws IOException {
    this.workshop = workshop;
    this.deployment = deployment;
    this.queue = workshop.spool().queue(deployment.slug());
    this.backlog = new Backlog(workshop.site().clocks().ticker());
    this.byHand = new ByHand(workshop, queue);
    this.coalescing = new Coalescing(workshop, deployment, queue);
    this.settlement = new Settlement(workshop, deployment, queue);
    Checkout checkout = checkout(workshop, deployment);
    GitHistory history = checkout.history();
    Runner.Making making =
        new Runner.Making(
            new Order(workshop, deployment, queue, history),
            new Releases(workshop, deployment, queue, checkout, settlement));
    this.runner = new Runner(workshop, queue, inHand, settlement, making);
    this.overtaking = new Overtaking(workshop, queue, history, inHand);
    this.preflight =
        new Preflight(workshop.spool(), deployment, workshop.site().capacity().minFreeDisk());
  }

  private static Checkout checkout(Workshop workshop, Deployment deployment) throws IOException {
    Path state = workshop.spool().state().root();
    Path knownHosts = GitKnownHosts.install(workshop.spool().disk(), state);
    Path store = state.resolve("git").resolve(deployment.slug() + ".git");
    Git git = new Git(workshop.processes(), knownHosts);
    return Checkout.of(git, deployment.origin(), deployment.target(), store);
  }

  /** The same work for a deployment that was configured otherwise; between two steps. */
  public Worker changed(Deployment next) throws IOException {
    Worker worker = new Worker(workshop, next);
    worker.leftovers = leftovers;
    return worker;
  }

  public Deployment deployment() {
    return deployment;
  }

  /** Starts nothing new; what runs goes on. */
  public void drain() {
    inHand.drain();
  }

  /** Ends what runs now because the daemon ends; its entry waits again. */
  public void stop() {
    settlement.stop();
    inHand.stop();
  }

  /** Looks whether somebody asked for the end of what runs now, and ends it then. */
  public void look() throws IOException {
    inHand.look();
  }

  /** Ends what runs now if a newer push has come, where the deployment is configured so. */
  public Duration overtake() throws IOException, InterruptedException {
    return overtaking.step();
  }

  @Override
  public Duration step() throws IOException, LedgerUnavailable, InterruptedException {
    if (inHand.isDraining()) {
      return Backlog.SWEEP;
    }
    if (leftovers.isPresent() && !recover(leftovers.get())) {
      return BUSY;
    }
    if (backlog.isDue()) {
      sweep();
    }
    Optional<EntryName> first = backlog.first();
    if (first.isEmpty() || queue.paused().isPresent()) {
      return Backlog.SWEEP;
    }
    Duration rest = untilDue(first.get());
    if (rest.isPositive() && !coalescing.isDue(backlog.first(Coalescing.GROUP))) {
      return rest;
    }
    return preflight.isPassed() ? work(first.get(), rest) : Backlog.SWEEP;
  }

  /** Clears away what was left; false while somebody else has the lock. */
  private boolean recover(Recovery.Cause cause)
      throws IOException, LedgerUnavailable, InterruptedException {
    Optional<Leases> leases = Leases.tryAcquire(workshop.locks(), deployment.slug(), List.of());
    if (leases.isEmpty()) {
      return false;
    }
    try (Leases held = leases.get()) {
      new Recovery(workshop, queue).run(cause);
    }
    leftovers = Optional.empty();
    return true;
  }

  private void sweep() throws IOException, LedgerUnavailable {
    long since = workshop.site().clocks().ticker().nanos();
    Queue.Sweep sweep = queue.sweep();
    for (EntryName name : sweep.unmarked()) {
      byHand.adopt(name);
    }
    for (Queue.Vanished vanished : sweep.vanished()) {
      byHand.recordRemoval(vanished);
    }
    backlog.fill(sweep.waiting(), since);
  }

  /** How long to rest before the entry may be tried again. */
  private Duration untilDue(EntryName name) throws IOException {
    Optional<Retry> retry = queue.retryOf(name);
    if (retry.isEmpty()) {
      return Duration.ZERO;
    }
    Instant now = workshop.site().clocks().wall().instant();
    Duration rest = Duration.between(now, retry.get().notBefore());
    // The clock was set back since that was written: nobody knows how much of it has passed.
    if (rest.compareTo(Backoff.longest(deployment.conditions().tries().backoff())) > 0) {
      return Duration.ZERO;
    }
    // An operator may take the entry away, or retry it, meanwhile.
    return rest.compareTo(Backlog.SWEEP) < 0 ? rest : Backlog.SWEEP;
  }

  /**
   * Works an entry off.
   *
   * @param rest how long it may not be run yet; by then it may have been overtaken
   */
  private Duration work(EntryName name, Duration rest)
      throws IOException, LedgerUnavailable, InterruptedException {
    if (!workshop.site().capacity().slots().tryAcquire(BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
      return Duration.ZERO;
    }
    try {
      Optional<Leases> leases =
          Leases.tryAcquire(workshop.locks(), deployment.slug(), deployment.conditions().locks());
      if (leases.isEmpty()) {
        return BUSY;
      }
      try (Leases held = leases.get()) {
        coalesce();
        boolean isNext = backlog.first().equals(Optional.of(name));
        if (isNext && rest.isPositive()) {
          return rest;
        }
        if (isNext) {
          claimAndRun(name, held);
        }
      }
    } finally {
      workshop.site().capacity().slots().release();
    }
    return Duration.ZERO;
  }

  private void coalesce() throws IOException, LedgerUnavailable {
    if (deployment.conditions().succession().coalesce() && backlog.size() < Coalescing.GROUP) {
      // What has come since the last look may have taken the place of what is about to run.
      sweep();
    }
    List<EntryName> waiting = backlog.first(Coalescing.GROUP);
    if (coalescing.isDue(waiting)) {
      List<EntryName> overtaken = coalescing.run(waiting);
      Optional<RunNote> run = queue.unfinishedRun();
      if (run.isPresent() && overtaken.contains(run.get().entry())) {
        queue.endRun();
      }
      backlog.drop(overtaken);
    }
  }

  private void claimAndRun(EntryName name, Leases held)
      throws IOException, LedgerUnavailable, InterruptedException {
    boolean settled = false;
    leftovers = Optional.of(Recovery.Cause.TROUBLE);
    try {
      Optional<Claim> claim = queue.claim(name);
      settled = claim.isEmpty() || runner.run(claim.get(), behind(name), held);
      leftovers = Optional.empty();
    } finally {
      if (settled) {
        backlog.next();
      } else {
        // It waits again, and stays the first: only the directory knows the order now.
        backlog.clear();
      }
    }
  }

  private List<EntryName> behind(EntryName name) {
    return backlog.last(BEHIND).stream().filter(each -> !each.equals(name)).toList();
  }
}
