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

  private final Workshop workshop;
  private final Crew crew;
  private final Watch watch;
  private final Bell look = new Bell();
  private final Map<Slug, Manned> stations = new ConcurrentHashMap<>();

  private final Map<Slug, Crew.Member> overtaking = new ConcurrentHashMap<>();

  /** No longer configured, but still finishing what runs. */
  private final Queue<Manned> leaving = new ConcurrentLinkedQueue<>();

  Stations(Workshop workshop, Crew crew, Watch watch) {
    this.workshop = workshop;
    this.crew = crew;
    this.watch = watch;
  }

  /** Rung when somebody may have asked for the end of a run. */
  Bell bell() {
    return look;
  }

  /** Ends the runs whose end was asked for. */
  @Override
  public Duration step() throws IOException {
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

  /** Starts, changes and ends workers so that exactly these deployments are worked for. */
  void arrange(List<Deployment> deployments) throws IOException {
    List<Slug> wanted = new ArrayList<>();
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

  private void man(Deployment deployment) throws IOException {
    Slug slug = deployment.slug();
    Station station = new Station(workshop, deployment);
    watch.wake(
        slug.value(),
        () -> {
          station.bell().ring();
          station.arrivals().ring();
          look.ring();
        });
    stations.put(slug, new Manned(station, crew.start(slug.value(), station, station.bell())));
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
    List<Manned> all = all();
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
