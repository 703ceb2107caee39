package dev.slipway.app;

import dev.slipway.deploy.Deployment;
import dev.slipway.deploy.Worker;
import dev.slipway.deploy.Workshop;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.time.Bell;
import dev.slipway.time.Loop;
import java.io.IOException;
import java.time.Duration;

/**
 * One deployment's place among the workers. When its configuration changes, the next step begins
 * with a new worker: between two steps nothing runs, so the old and the new never meet. One thread
 * repeats the step; any may ask for something else.
 */
final class Station implements Loop {
  private final Bell bell = new Bell();
  private final Bell arrivals = new Bell();
  private volatile Deployment wanted;
  private volatile Worker worker;
  private volatile boolean draining;

  Station(Workshop workshop, Deployment deployment) throws IOException {
    this.wanted = deployment;
    this.worker = new Worker(workshop, deployment);
  }

  Bell bell() {
    return bell;
  }

  /** Rung when something may have come that ends what runs. */
  Bell arrivals() {
    return arrivals;
  }

  /** Lets the deployment be this from the next step on; says whether that is a change. */
  boolean change(Deployment deployment) {
    boolean changes = !deployment.equals(wanted);
    wanted = deployment;
    bell.ring();
    return changes;
  }

  /** Starts nothing new; what runs goes on. */
  void drain() {
    draining = true;
    worker.drain();
  }

  /** Ends what runs now because the daemon ends. */
  void stop() {
    drain();
    worker.stop();
  }

  /** Ends what runs now if a newer push has come, where the deployment is configured so. */
  Duration overtake() throws IOException, InterruptedException {
    return worker.overtake();
  }

  /** Ends what runs now if somebody asked for that. */
  void look() throws IOException {
    worker.look();
  }

  @Override
  public Duration step() throws IOException, LedgerUnavailable, InterruptedException {
    Deployment now = wanted;
    if (!now.equals(worker.deployment())) {
      worker = worker.changed(now);
    }
    if (draining) {
      // Whoever asked for it may have met the worker before this one.
      worker.drain();
    }
    return worker.step();
  }
}
