package dev.slipway.dispatch;

import dev.slipway.event.Event;
import dev.slipway.event.Outcome;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.Backlog;
import dev.slipway.spool.Events;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.time.Loop;
import dev.slipway.time.Monotonic;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes every event to the queues of the deployments that take it. Works in groups, so that
 * directories are synced and outcomes recorded once per group; every part of a group can be
 * repeated after a crash. One thread.
 */
public final class Dispatcher implements Loop {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** The largest group. */
  static final int GROUP = 256;

  private static final Duration PRUNE_EVERY = Duration.ofMinutes(10);

  private final Spool spool;
  private final Events events;
  private final Ledger ledger;
  private final Supplier<Routes> routes;
  private final InstantSource clock;
  private final Monotonic ticker;
  private final Backlog backlog;
  private Instant pruned = Instant.MIN;

  public Dispatcher(
      Spool spool, Ledger ledger, Supplier<Routes> routes, InstantSource clock, Monotonic ticker) {
    this.spool = spool;
    this.events = new Events(spool.disk(), spool.state());
    this.ledger = ledger;
    this.routes = routes;
    this.clock = clock;
    this.ticker = ticker;
    this.backlog = new Backlog(ticker);
  }

  /** Routes one group of what waits. */
  @Override
  public Duration step() throws IOException, LedgerUnavailable {
    if (backlog.isDue()) {
      long since = ticker.nanos();
      backlog.fill(spool.routable(), since);
    }
    if (routeGroup() || backlog.size() > 0) {
      return Duration.ZERO;
    }
    prune();
    return Backlog.SWEEP;
  }

  private boolean routeGroup() throws IOException, LedgerUnavailable {
    boolean settled = false;
    try {
      List<Arrival> group = readGroup();
      if (!group.isEmpty()) {
        route(group);
      }
      settled = true;
      return !group.isEmpty();
    } finally {
      if (!settled) {
        // What was taken from the listing is still in the directory, and comes first again.
        backlog.clear();
      }
    }
  }

  /** An unrouted entry that could be read, and what is to become of it. */
  private record Arrival(EntryName name, Event event, Verdict verdict) {}

  private List<Arrival> readGroup() throws IOException {
    Routes current = routes.get();
    List<Arrival> group = new ArrayList<>();
    while (group.size() < GROUP) {
      Optional<EntryName> name = backlog.next();
      if (name.isEmpty()) {
        break;
      }
      read(name.get(), current).ifPresent(group::add);
    }
    return group;
  }

  private Optional<Arrival> read(EntryName name, Routes current) throws IOException {
    try {
      return switch (spool.read(spool.unrouted(name))) {
        case Spool.Reading.Readable(Event event) ->
            Optional.of(new Arrival(name, event, current.decide(event)));
        case Spool.Reading.Gone() -> {
          log.info("removed by hand before it was routed entry={}", name);
          yield Optional.empty();
        }
        case Spool.Reading.Unreadable(String reason) -> {
          setAside(name, "This is no event that can be routed: " + reason + ".");
          yield Optional.empty();
        }
      };
    } catch (RuntimeException bug) {
      // A fault of Slipway's own: this entry would only meet it again, the others may not.
      log.error("a fault in Slipway entry={}", name, bug);
      setAside(name, "It met a fault in Slipway itself: " + bug);
      return Optional.empty();
    }
  }

  private void setAside(EntryName name, String reason) throws IOException {
    Optional<EntryName> place = spool.setAside(name, reason);
    log.warn(
        "put aside entry={} place={} reason={}",
        name,
        place.map(it -> "corrupt/" + it).orElse("none, it was removed by hand"),
        Quoted.of(reason));
  }

  private void route(List<Arrival> group) throws IOException, LedgerUnavailable {
    Map<EventId, Set<Optional<Slug>>> known = recorded(group);
    Set<Queue> touched = new HashSet<>();
    List<ProcessedEvent> untaken = new ArrayList<>();
    for (Arrival arrival : group) {
      Set<Optional<Slug>> done = known.getOrDefault(arrival.event().id(), Set.of());
      switch (arrival.verdict()) {
        case Verdict.Taken(List<Slug> deployments, List<Slug> disabled) -> {
          for (Slug slug : deployments) {
            forward(arrival, slug, done).ifPresent(touched::add);
          }
          for (Slug slug : disabled) {
            Outcome outcome = new Outcome.Ignored("deployment " + slug + " is disabled");
            untaken.add(recordOf(arrival, Optional.of(slug), outcome));
          }
        }
        case Verdict.Untaken(Outcome outcome) ->
            untaken.add(recordOf(arrival, Optional.empty(), outcome));
      }
    }
    settle(group, touched, untaken);
  }

  private void settle(List<Arrival> group, Set<Queue> touched, List<ProcessedEvent> untaken)
      throws IOException, LedgerUnavailable {
    for (Queue queue : touched) {
      queue.sync();
    }
    if (!untaken.isEmpty()) {
      ledger.record(untaken);
      untaken.forEach(Dispatcher::tell);
    }
    // Only now, with every link and record on storage, the entries leave the dispatcher.
    for (Arrival arrival : group) {
      events.keep(arrival.name());
    }
    events.sync();
  }

  private Map<EventId, Set<Optional<Slug>>> recorded(List<Arrival> group) throws LedgerUnavailable {
    Set<EventId> ids = new HashSet<>();
    group.forEach(arrival -> ids.add(arrival.event().id()));
    Map<EventId, Set<Optional<Slug>>> known = new HashMap<>();
    for (ProcessedEvent event : ledger.processed(ids)) {
      known.computeIfAbsent(event.id(), any -> new HashSet<>()).add(event.deployment());
    }
    return known;
  }

  private Optional<Queue> forward(Arrival arrival, Slug slug, Set<Optional<Slug>> done)
      throws IOException {
    EventId id = arrival.event().id();
    if (done.contains(Optional.of(slug))) {
      log.info(
          "duplicate, on record already event={} deployment={} entry={}", id, slug, arrival.name());
      return Optional.empty();
    }
    Queue queue = spool.queue(slug);
    Queue.Forwarded forwarded = queue.forward(spool.unrouted(arrival.name()), arrival.name(), id);
    log.info(
        "{} event={} deployment={} entry={}",
        switch (forwarded) {
          case LINKED -> "routed";
          case KNOWN -> "routed before";
          case DUPLICATE -> "duplicate, its event waits or runs already";
          case REMOVED -> "removed by hand before it was routed";
        },
        id,
        slug,
        arrival.name());
    return switch (forwarded) {
      case LINKED, KNOWN -> Optional.of(queue);
      case DUPLICATE, REMOVED -> Optional.empty();
    };
  }

  private static void tell(ProcessedEvent event) {
    log.info(
        "{} event={} entry={} reason={}",
        event.outcome(),
        event.id(),
        event.entry(),
        Quoted.of(event.reason()));
  }

  private ProcessedEvent recordOf(Arrival arrival, Optional<Slug> deployment, Outcome outcome) {
    return new ProcessedEvent(
        arrival.event().id(),
        deployment,
        outcome.word(),
        arrival.name(),
        clock.instant(),
        outcome.reason(),
        arrival.event().commit());
  }

  private void prune() throws IOException {
    Instant now = clock.instant();
    if (pruned.isBefore(now.minus(PRUNE_EVERY))) {
      // First, so that what cannot be pruned is no more than a line in the log now and then.
      pruned = now;
      events.prune(now);
    }
  }
}
