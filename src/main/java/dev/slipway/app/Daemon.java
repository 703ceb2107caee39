package dev.slipway.app;

import dev.slipway.config.Config;
import dev.slipway.dashboard.Vitals;
import dev.slipway.time.Bell;
import dev.slipway.time.Loop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: opens the intake side and the work side as its role says, waits for the signal to
 * end, and closes everything in the reverse order. One per process.
 */
public final class Daemon {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private final Role role;
  private final String version;
  private final Supplier<Optional<Config>> reread;
  private final AtomicReference<Config> config;
  private final Config started;
  private final End end = new End();

  /**
   * A daemon that is not started yet.
   *
   * @param reread reads the configuration again; absent where it is invalid, which it has said
   *     itself
   */
  public Daemon(Role role, String version, Config config, Supplier<Optional<Config>> reread) {
    this.role = role;
    this.version = version;
    this.config = new AtomicReference<>(config);
    this.started = config;
    this.reread = reread;
  }

  /** Somebody who is shown around as soon as the daemon listens. */
  @FunctionalInterface
  public interface Guest {
    /**
     * What the daemon repeats for the guest on a thread of its own.
     *
     * @param end ends the daemon, as a signal does
     */
    Loop enter(InetSocketAddress listening, Runnable end);
  }

  /**
   * Serves until SIGTERM or SIGINT.
   *
   * @return the exit code: 0 after an orderly end, 1 after a fault of the daemon's own
   * @throws CannotStart when something it needs is missing
   */
  public int serve() throws CannotStart, InterruptedException {
    return serve(Optional.empty());
  }

  /** Serves, with a guest. */
  public int serve(Optional<Guest> guest) throws CannotStart, InterruptedException {
    Ground ground = Ground.of(config.get());
    // Until there is something to change, a request to change it must not end the process.
    Signals.on("HUP", () -> {});
    Signals.on("TERM", end::ask);
    Signals.on("INT", end::ask);
    try (StateGuard guard = StateGuard.enter(ground, role);
        WorkSide work = new WorkSide(ground, config.get());
        Crew crew = new Crew(end::bug);
        IntakeSide intake = new IntakeSide(ground, version, config::get);
        AdminSide admin = new AdminSide(ground, config::get)) {
      if (role.hasIntake()) {
        Probe probe = new Probe(ground.spool(), ground.clocks().ticker());
        intake.start(() -> obstacles(ground, probe, work));
      }
      if (role.hasWork()) {
        work.start(crew);
        admin.start(vitals(intake, work));
      }
      guest
          .flatMap(visitor -> intake.address().map(at -> visitor.enter(at, end::ask)))
          .ifPresent(tour -> crew.start("guest", tour, new Bell()));
      Signals.on("HUP", () -> reload(work));
      end.await();
      stop(intake, work);
    } catch (IOException broken) {
      throw new CannotStart(String.valueOf(broken.getMessage()));
    }
    return end.code();
  }

  private Vitals vitals(IntakeSide intake, WorkSide work) {
    return new Vitals(
        () -> intake.counts().map(counts -> new Vitals.Intake(counts.accepted(), counts.refused())),
        () -> work.health().obstacles(),
        version);
  }

  private void stop(IntakeSide intake, WorkSide work) throws IOException, InterruptedException {
    Duration grace = end.isOrderly() ? config.get().host().shutdownGrace() : Duration.ZERO;
    log.info("stopping grace={}s", grace.toSeconds());
    intake.stop();
    work.finish(grace);
  }

  private List<String> obstacles(Ground ground, Probe probe, WorkSide work) {
    if (end.isNear()) {
      return List.of("the daemon is being stopped");
    }
    List<String> obstacles = new ArrayList<>();
    probe.obstacle().ifPresent(obstacles::add);
    Health health = role.hasWork() ? work.health() : Outlook.ofWork(ground.spool());
    obstacles.addAll(health.obstacles());
    return obstacles;
  }

  private synchronized void reload(WorkSide work) {
    Optional<Config> next = reread.get();
    if (next.isEmpty()) {
      log.error("the configuration is invalid, the old one stays");
      return;
    }
    List<String> late = started.needingRestart(next.get());
    config.set(next.get());
    work.change(next.get());
    log.info(
        "configuration read again deployments={}{}",
        next.get().deployments().size(),
        late.isEmpty() ? "" : " needs_restart=" + String.join(",", late));
  }
}
