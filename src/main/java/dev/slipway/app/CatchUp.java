package dev.slipway.app;

import dev.slipway.checkout.Git;
import dev.slipway.checkout.GitKnownHosts;
import dev.slipway.checkout.Remote;
import dev.slipway.config.Config;
import dev.slipway.deploy.StepEnvironment;
import dev.slipway.github.Redelivery;
import dev.slipway.ledger.Ledger;
import dev.slipway.process.RealProcesses;
import dev.slipway.reconcile.Reconciler;
import dev.slipway.time.Bell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * What catches up with pushes that were missed: the loops {@code reconcile} and {@code redelivery}.
 */
final class CatchUp implements AutoCloseable {
  /** How many repositories are asked at once: each may take its whole time limit. */
  private static final int AT_ONCE = 4;

  private final Ground ground;
  private final Supplier<Config> config;
  private final Bell reconcile = new Bell();
  private final Bell redelivery = new Bell();
  private final ExecutorService asking =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("reconcile-", 1).factory());

  /**
   * @param config as it is now
   */
  CatchUp(Ground ground, Supplier<Config> config) {
    this.ground = ground;
    this.config = config;
  }

  /** Begins to look; where the disk refuses, nothing was begun. */
  void start(Crew crew, Ledger ledger) throws IOException {
    Path state = ground.spool().state().root();
    Path knownHosts = GitKnownHosts.install(ground.spool().disk(), state);
    Remote remote =
        new Remote(
            new Git(new RealProcesses(), knownHosts),
            state.resolve("git"),
            StepEnvironment.inherited(ground.environment()));
    Reconciler.Grounds grounds =
        new Reconciler.Grounds(
            ground.spool(), ledger, ground.clocks().wall(), ground.clocks().ticker());
    crew.start(
        "reconcile",
        new Reconciler(grounds, remote, asking, () -> config.get().reconciling()),
        reconcile);
    crew.start(
        "redelivery",
        new Redelivery(
            ground.spool(), ledger, ground.clocks().wall(), () -> config.get().redelivering()),
        redelivery);
  }

  /** The configuration is another one. */
  void change() {
    reconcile.ring();
    redelivery.ring();
  }

  /** Closed after the crew. */
  @Override
  public void close() {
    List<Runnable> _ = asking.shutdownNow();
  }
}
