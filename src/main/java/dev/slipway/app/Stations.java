package dev.slipway.app;

import dev.slipway.deploy.Deployment;
import dev.slipway.deploy.Workshop;
import dev.slipway.process.Processes;
import dev.slipway.spool.Backlog;
import dev.slipway.spool.Watch;
import dev.slipway.time.Bell;
import dev.slipway.time.Deadline;
import dev.slipway.time.Loop;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All workers, started and ended as the configuration says. Used by the daemon's own threads; the
 * step is the loop {@code cancels}.
 */
final class Stations implements Loop {
  private static final Logger log = LoggerFactory.getLogger(Stations.class);

  /** How long a run that is ended may take: its programs get TERM, and KILL after a while. */
  private static final Duration ENDING = Processes.GRACE.plusSeconds(5);

  private record Manned(Station station, Crew.Member member) {}

  /** A deployment that has no worker, and what the disk said to that. */
  private record Unmanned(Deployment deployment, String reason) {}

  private final Workshop workshop;
  private final Crew crew;
  private final Watch watch;
  private final Bell look = new Bell();
  private final Map<Slug, Manned> stations = new ConcurrentHashMap<>();

  private final Map<Slug, Crew.Member> overtaking = new ConcurrentHashMap<>();

  /** No longer configured, but still finishing what runs. */
  private final Queue<Manned> leaving = new ConcurrentLinkedQueue<>();

  /** Wanted, and tried again with each step. Guarded by this, as is who comes and goes. */
  private final Map<Slug, Unmanned> unmanned = new LinkedHashMap<>();

  private boolean finishing;

  Stations(Workshop workshop, Crew crew, Watch watch) {
    this.workshop = workshop;
    this.crew = crew;
    this.watch = watch;
  }

  /** Rung when somebody may have asked for the end of a run. */
  Bell bell() {
    return look;
  }

  /** Ends the runs whose end was asked for, and mans what could not be manned before. */
  @Override
  public Duration step() throws IOException {
    manAgain();
    leaving.removeIf(manned -> manned.member().hasEnded());
    List<IOException> refusals = new ArrayList<>();
    for (Manned manned : all()) {
      try {
        manned.station().look();
      } catch (IOException refused) {
        // One deployment's trouble is not to keep the others' runs from being ended.
        refusals.add(refused);
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.getFirst();
    }
    return Backlog.SWEEP;
  }

  private List<Manned> all() {
    List<Manned> all = new ArrayList<>(stations.values());
    all.addAll(leaving);
    return all;
  }

  /**
   * Starts, changes and ends workers so that exactly these deployments are worked for. Where the
   * disk refuses one, the log says so, the others are arranged all the same, and it is tried again.
   */
  synchronized void arrange(List<Deployment> deployments) {
    List<Slug> wanted = new ArrayList<>();
    unmanned.clear();
    for (Deployment deployment : deployments) {
      wanted.add(deployment.slug());
      Manned manned = stations.get(deployment.slug());
      if (manned == null) {
        man(deployment);
      } else if (manned.station().change(deployment)) {
        log.info("changed deployment={}", deployment.slug());
      }
      arrangeOvertaking(deployment);
    }
    for (Slug slug : List.copyOf(stations.keySet())) {
      if (!wanted.contains(slug)) {
        leave(slug);
      }
    }
  }

  /** A deployment whose runs a newer push may end has a loop that looks for one. */
  private void arrangeOvertaking(Deployment deployment) {
    Slug slug = deployment.slug();
    Manned manned = stations.get(slug);
    if (manned != null && deployment.conditions().succession().cancelRunning()) {
      Station station = manned.station();
      overtaking.computeIfAbsent(
          slug, _ -> crew.start(slug + "-overtaking", station::overtake, station.arrivals()));
    } else {
      Optional.ofNullable(overtaking.remove(slug)).ifPresent(Crew.Member::end);
    }
  }

  private synchronized void manAgain() {
    for (Unmanned refused : List.copyOf(unmanned.values())) {
      man(refused.deployment());
      arrangeOvertaking(refused.deployment());
    }
  }

  private void man(Deployment deployment) {
    Slug slug = deployment.slug();
    if (finishing) {
      return;
    }
    Station station;
    try {
      station = new Station(workshop, deployment);
    } catch (IOException refused) {
      String reason = refused.toString();
      Unmanned before = unmanned.put(slug, new Unmanned(deployment, reason));
      if (before == null || !before.reason().equals(reason)) {
        log.warn("not worked for, tried again deployment={} reason={}", slug, reason);
      }
      return;
    }
    watch.wake(
        slug.value(),
        () -> {
          station.bell().ring();
          station.arrivals().ring();
          look.ring();
        });
    stations.put(slug, new Manned(station, crew.start(slug.value(), station, station.bell())));
    if (unmanned.remove(slug) != null) {
      log.info("worked for now deployment={}", slug);
    }
  }

  /** What runs is finished; its queue stays as it is. */
  private void leave(Slug slug) {
    Manned manned = stations.remove(slug);
    if (manned != null) {
      leaving.add(manned);
      Optional.ofNullable(overtaking.remove(slug)).ifPresent(Crew.Member::end);
      watch.forget(slug.value());
      manned.station().drain();
      manned.member().end();
      log.info("no longer configured, its queue stays deployment={}", slug);
    }
  }

  /**
   * Starts nothing new, waits for what runs, ends what takes longer than {@code grace}, and waits
   * until that is recorded.
   */
  void finish(Duration grace) throws InterruptedException {
    List<Manned> all;
    synchronized (this) {
      finishing = true;
      all = all();
    }
    for (Manned manned : all) {
      manned.station().drain();
      manned.member().end();
    }
    await(all, Deadline.after(grace));
    all.stream().map(Manned::station).forEach(Station::stop);
    await(all, Deadline.after(ENDING));
  }

  private static void await(List<Manned> all, Deadline deadline) throws InterruptedException {
    for (Manned manned : all) {
      boolean _ = manned.member().join(deadline.remaining());
    }
  }
}
