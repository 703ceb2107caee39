package dev.slipway.github;

import dev.slipway.ledger.History;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.time.Loop;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks GitHub to deliver once more what failed to be delivered here, each event once. Whatever
 * comes of it arrives like any other webhook. One thread.
 */
public final class Redelivery implements Loop {
  private static final Logger log = LoggerFactory.getLogger(Redelivery.class);

  /** How far back it looks, as far as GitHub lets deliveries be asked for again. */
  static final Duration REACH = Duration.ofDays(3);

  /** However often missed pushes are looked for, GitHub's API is not asked more often. */
  static final Duration LEAST_REST = Duration.ofMinutes(1);

  /** For one repository in one look; the others' turn comes with the next. */
  static final int MOST_AT_ONCE = 20;

  private final Spool spool;
  private final History history;
  private final InstantSource clock;
  private final Supplier<Optional<Terms>> terms;
  private final Requests requests;

  /** What stood in the way the last time, and was said. */
  private final Map<String, String> said = new HashMap<>();

  /**
   * On what terms it works.
   *
   * @param origin the daemon's public address, by which its webhooks are known
   * @param repositories whose deliveries matter, each with the deployments that they start
   * @param every the rest between two looks
   */
  public record Terms(
      Account account,
      Optional<URI> origin,
      Map<RepositoryName, List<Slug>> repositories,
      Duration every) {
    public Terms {
      repositories = Map.copyOf(repositories);
    }
  }

  /**
   * One that has not looked yet.
   *
   * @param terms asked at each step; absent: there is nothing to do
   */
  public Redelivery(
      Spool spool, History history, InstantSource clock, Supplier<Optional<Terms>> terms) {
    this.spool = spool;
    this.history = history;
    this.clock = clock;
    this.terms = terms;
    this.requests = new Requests(spool.disk(), spool.state().redelivered());
  }

  /** Looks at every repository once. */
  @Override
  public Duration step() throws IOException, LedgerUnavailable, InterruptedException {
    Optional<Terms> now = terms.get();
    if (now.isEmpty()) {
      said.clear();
      return LEAST_REST;
    }
    // Asked first of all: while the record store is away GitHub is not bothered.
    var _ = history.newest();
    requests.prune(clock.instant());
    Duration every = now.get().every();
    Duration rest = every.compareTo(LEAST_REST) < 0 ? LEAST_REST : every;
    Optional<URI> origin = now.get().origin();
    if (origin.isEmpty()) {
      say("origin", "origin is not set, so that nobody knows which webhook is this daemon's");
      return rest;
    }
    say("origin", "");
    try (Api api = new Api(now.get().account(), clock)) {
      Duration asked = look(api, now.get(), origin.get());
      return asked.compareTo(rest) < 0 ? rest : asked;
    }
  }

  /** Answers how long GitHub wants to be left alone. */
  private Duration look(Api api, Terms now, URI origin)
      throws IOException, LedgerUnavailable, InterruptedException {
    for (Map.Entry<RepositoryName, List<Slug>> entry : now.repositories().entrySet()) {
      String name = entry.getKey().value();
      try {
        look(new Hooks(api, entry.getKey()), entry, origin);
        say("api", "");
      } catch (NoAnswer failed) {
        switch (failed.trouble()) {
          case Trouble.Refused(String reason) -> say(name, reason);
          case Trouble.Later(Duration rest, String reason) -> {
            log.warn("no more is asked of GitHub for now reason={}", reason);
            return rest;
          }
          case Trouble.Unreachable(String reason) -> {
            // The others' hooks are at the same address.
            say("api", reason);
            return Duration.ZERO;
          }
        }
      }
    }
    return Duration.ZERO;
  }

  private void look(Hooks hooks, Map.Entry<RepositoryName, List<Slug>> repository, URI origin)
      throws NoAnswer, IOException, LedgerUnavailable, InterruptedException {
    String name = repository.getKey().value();
    OptionalLong hook = hooks.find(origin);
    if (hook.isEmpty()) {
      say(name, "no webhook posts to " + origin + Hooks.PATH);
      return;
    }
    say(name, "");
    Instant since = clock.instant().minus(REACH);
    List<Delivery> wanted =
        unknown(
            Delivery.unsettled(hooks.deliveries(hook.getAsLong(), since)), repository.getValue());
    for (Delivery delivery : wanted.subList(0, Math.min(MOST_AT_ONCE, wanted.size()))) {
      redeliver(hooks, hook.getAsLong(), delivery, name);
    }
  }

  /** Written down first: cut off in between it is asked for never, rather than twice. */
  private void redeliver(Hooks hooks, long hook, Delivery delivery, String repository)
      throws NoAnswer, IOException, InterruptedException {
    if (!requests.add(delivery.guid(), clock.instant())) {
      return;
    }
    boolean asked = false;
    try {
      hooks.redeliver(hook, delivery);
      asked = true;
    } finally {
      if (!asked) {
        requests.forget(delivery.guid());
      }
    }
    log.info(
        "asked for redelivery event={} repository={} status={} at={}",
        delivery.guid(),
        repository,
        delivery.status(),
        delivery.at());
  }

  /** Those that were not asked for, and of which nothing is known here: an answer may be lost. */
  private List<Delivery> unknown(List<Delivery> failed, List<Slug> deployments)
      throws IOException, LedgerUnavailable {
    Set<EventId> known = new HashSet<>();
    for (Delivery delivery : failed) {
      if (requests.has(delivery.guid())) {
        known.add(delivery.guid());
      }
    }
    List<EventId> events =
        failed.stream().map(Delivery::guid).filter(event -> !known.contains(event)).toList();
    history.processed(events).stream().map(ProcessedEvent::id).forEach(known::add);
    for (EventId event : events) {
      for (Slug slug : deployments) {
        if (!known.contains(event) && isInHand(event, slug)) {
          known.add(event);
        }
      }
    }
    return failed.stream().filter(delivery -> !known.contains(delivery.guid())).toList();
  }

  private boolean isInHand(EventId event, Slug slug) throws IOException, LedgerUnavailable {
    return Queue.at(spool.disk(), spool.state(), slug).isPending(event)
        || !history.releasesOf(event, slug).isEmpty();
  }

  /** Says what stands in the way, once for each change; empty: nothing any more. */
  private void say(String about, String reason) {
    String before = said.getOrDefault(about, "");
    if (reason.equals(before)) {
      return;
    }
    if (reason.isEmpty()) {
      said.remove(about);
      log.info("failed deliveries can be asked for again about={}", about);
    } else {
      said.put(about, reason);
      log.warn("failed deliveries cannot be asked for about={} reason={}", about, reason);
    }
  }
}
