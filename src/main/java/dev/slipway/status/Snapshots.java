package dev.slipway.status;

import dev.slipway.ledger.History;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes snapshots. Queues are listed, not read: of all their entries only the active ones are
 * opened, so a long queue costs a listing.
 */
public final class Snapshots {
  private final Sources sources;
  private final Queues queues;

  public Snapshots(Sources sources) {
    this.sources = sources;
    this.queues = new Queues(sources);
  }

  /** How everything stands now. */
  public Snapshot take() throws IOException {
    Instant now = sources.clock().instant();
    Ask ask = new Ask(sources.history());
    List<Standing> standings = new ArrayList<>();
    for (Slug slug : sources.slugs()) {
      standings.add(standing(slug, ask.about(slug), now));
    }
    Snapshot.Unrouted unrouted =
        new Snapshot.Unrouted(sources.spool().unrouted().size(), queues.corrupt().size());
    return new Snapshot(now, standings, unrouted, ask.failure);
  }

  /** How one deployment stands now, if there is one of this slug. */
  public Optional<Standing> of(Slug slug) throws IOException {
    if (!sources.knows(slug)) {
      return Optional.empty();
    }
    Recorded recorded;
    try {
      List<Release> last = sources.history().releases(slug, Optional.empty(), 1);
      recorded = known(sources.history(), slug, last.stream().findFirst());
    } catch (LedgerUnavailable away) {
      recorded = new Recorded.Unknown(reason(away));
    }
    return Optional.of(standing(slug, recorded, sources.clock().instant()));
  }

  private Standing standing(Slug slug, Recorded recorded, Instant now) throws IOException {
    return new Standing(slug, sources.route(slug), queue(slug), recorded, now);
  }

  private QueueState queue(Slug slug) throws IOException {
    Queue queue = sources.look(slug);
    List<EntryName> waiting = queue.waiting();
    Optional<Retry> retry =
        waiting.isEmpty() ? Optional.empty() : queue.retryOf(waiting.getFirst());
    Optional<QueueEntry> active = Optional.empty();
    for (EntryName name : queue.active()) {
      if (active.isEmpty()) {
        active = queues.read(new QueueEntry.Place(Optional.of(slug), EntryState.ACTIVE, name));
      }
    }
    return new QueueState(
        waiting.size(),
        active,
        queue.failed().size(),
        queue.paused(),
        retry,
        sources.obstacle().apply(slug));
  }

  private static Recorded known(History history, Slug slug, Optional<Release> last)
      throws LedgerUnavailable {
    boolean lastIsLive =
        last.filter(release -> release.state() == ReleaseState.SUCCEEDED).isPresent();
    return new Recorded.Known(last, lastIsLive || last.isEmpty() ? last : history.live(slug));
  }

  private static String reason(LedgerUnavailable away) {
    return String.valueOf(away.getMessage());
  }

  /** One round of questions to the record store: once it did not answer, it is not asked again. */
  private static final class Ask {
    private final History history;
    private final Map<Slug, Release> newest = new HashMap<>();
    private Optional<String> failure = Optional.empty();

    Ask(History history) {
      this.history = history;
      try {
        history.newest().forEach(release -> newest.put(release.deployment(), release));
      } catch (LedgerUnavailable away) {
        failure = Optional.of(reason(away));
      }
    }

    Recorded about(Slug slug) {
      if (failure.isEmpty()) {
        try {
          return known(history, slug, Optional.ofNullable(newest.get(slug)));
        } catch (LedgerUnavailable away) {
          failure = Optional.of(reason(away));
        }
      }
      return new Recorded.Unknown(failure.orElseThrow());
    }
  }
}
