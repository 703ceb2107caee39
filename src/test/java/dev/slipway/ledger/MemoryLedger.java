package dev.slipway.ledger;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A ledger in memory, which keeps the same contract; it can be made not to answer. Any thread. */
public final class MemoryLedger implements Ledger, Attic {
  private record Key(EventId event, String place) {}

  private final Map<Key, ProcessedEvent> events = new HashMap<>();
  private final NavigableMap<Slug, NavigableMap<ReleaseNumber, Release>> releases = new TreeMap<>();
  private boolean unavailable;

  /** From now on every call throws {@link LedgerUnavailable}, or none does. */
  public synchronized void unavailable(boolean now) {
    unavailable = now;
  }

  /** Everything recorded so far, by entry, then by deployment; answers also while unavailable. */
  public synchronized List<ProcessedEvent> everything() {
    return events.values().stream()
        .sorted(Comparator.comparing(ProcessedEvent::entry).thenComparing(ProcessedEvent::place))
        .toList();
  }

  @Override
  public synchronized List<ProcessedEvent> processed(Collection<EventId> ids)
      throws LedgerUnavailable {
    answer();
    return events.values().stream().filter(event -> ids.contains(event.id())).toList();
  }

  @Override
  public synchronized void record(Collection<ProcessedEvent> recorded) throws LedgerUnavailable {
    answer();
    recorded.forEach(this::insertIfAbsent);
  }

  @Override
  public synchronized ReleaseNumber open(Release.Opening opening) throws LedgerUnavailable {
    answer();
    NavigableMap<ReleaseNumber, Release> own =
        releases.computeIfAbsent(opening.deployment(), _ -> new TreeMap<>());
    ReleaseNumber next = new ReleaseNumber(own.isEmpty() ? 1 : own.lastKey().value() + 1);
    own.put(
        next,
        new Release(
            opening.deployment(),
            next,
            opening.commit(),
            opening.ref(),
            opening.event(),
            opening.trigger(),
            opening.host(),
            ReleaseState.RUNNING,
            opening.startedAt(),
            Optional.empty(),
            Optional.empty()));
    return next;
  }

  @Override
  public synchronized void end(Release.Ending ending) throws LedgerUnavailable {
    answer();
    of(ending.deployment())
        .computeIfPresent(
            ending.version(),
            (_, release) ->
                release.state() == ReleaseState.RUNNING ? ended(release, ending) : release);
  }

  @Override
  public synchronized boolean end(Release.Ending ending, ProcessedEvent event)
      throws LedgerUnavailable {
    end(ending);
    return insertIfAbsent(event);
  }

  @Override
  public synchronized List<Release> releases(
      Slug deployment, Optional<ReleaseNumber> before, int limit) throws LedgerUnavailable {
    return newestFirst(
            deployment,
            release -> before.isEmpty() || release.version().compareTo(before.get()) < 0)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Release> release(Slug deployment, ReleaseNumber version)
      throws LedgerUnavailable {
    answer();
    return Optional.ofNullable(of(deployment).get(version));
  }

  @Override
  public synchronized List<Release> releasesOf(EventId event, Slug deployment)
      throws LedgerUnavailable {
    return newestFirst(deployment, release -> release.event().equals(event)).toList();
  }

  @Override
  public synchronized Optional<Release> live(Slug deployment) throws LedgerUnavailable {
    return newestFirst(deployment, release -> release.state() == ReleaseState.SUCCEEDED)
        .findFirst();
  }

  @Override
  public synchronized List<Release> running(String host) throws LedgerUnavailable {
    List<Release> running = new ArrayList<>();
    for (Slug deployment : releases.keySet()) {
      newestFirst(
              deployment,
              release -> release.state() == ReleaseState.RUNNING && release.host().equals(host))
          .forEach(running::add);
    }
    answer();
    return running;
  }

  @Override
  public synchronized boolean knows(Slug deployment, CommitId commit) throws LedgerUnavailable {
    answer();
    return Stream.concat(
            events.values().stream()
                .filter(event -> event.deployment().equals(Optional.of(deployment)))
                .map(ProcessedEvent::commit),
            of(deployment).values().stream().map(Release::commit))
        .anyMatch(Optional.of(commit)::equals);
  }

  @Override
  public synchronized List<Release> newest() throws LedgerUnavailable {
    answer();
    return releases.values().stream().map(own -> own.lastEntry().getValue()).toList();
  }

  @Override
  public synchronized int forgetEvents(Instant before, int kept, int limit)
      throws LedgerUnavailable {
    answer();
    int forgotten = 0;
    for (String place : events.keySet().stream().map(Key::place).distinct().toList()) {
      List<ProcessedEvent> own =
          events.values().stream()
              .filter(event -> event.place().equals(place))
              .sorted(Comparator.comparing(ProcessedEvent::processedAt))
              .toList();
      if (own.size() >= kept) {
        Instant newest = own.get(own.size() - kept).processedAt();
        List<ProcessedEvent> old =
            own.stream()
                .filter(event -> event.processedAt().isBefore(before))
                .filter(event -> event.processedAt().isBefore(newest))
                .limit(limit)
                .toList();
        old.forEach(event -> events.remove(new Key(event.id(), place)));
        forgotten += old.size();
      }
    }
    return forgotten;
  }

  @Override
  public synchronized int forgetReleases(
      Slug deployment, ReleaseNumber below, Instant before, int succeeded, int limit)
      throws LedgerUnavailable {
    List<Release> all = newestFirst(deployment, release -> true).toList();
    List<Release> kept =
        all.stream()
            .filter(release -> release.state() == ReleaseState.SUCCEEDED)
            .limit(succeeded)
            .toList();
    List<Release> old =
        all.reversed().stream()
            .limit(succeeded + limit)
            .filter(release -> release.state() != ReleaseState.RUNNING)
            .filter(release -> release.startedAt().isBefore(before))
            .filter(release -> release.version().compareTo(below) < 0)
            .filter(release -> !release.equals(all.getFirst()) && !kept.contains(release))
            .toList();
    old.forEach(release -> of(deployment).remove(release.version()));
    return old.size();
  }

  private Stream<Release> newestFirst(Slug deployment, Predicate<Release> wanted)
      throws LedgerUnavailable {
    answer();
    return of(deployment).descendingMap().values().stream().filter(wanted);
  }

  private NavigableMap<ReleaseNumber, Release> of(Slug deployment) {
    return releases.getOrDefault(deployment, new TreeMap<>());
  }

  private boolean insertIfAbsent(ProcessedEvent event) {
    return events.putIfAbsent(new Key(event.id(), event.place()), event) == null;
  }

  private static Release ended(Release release, Release.Ending ending) {
    return new Release(
        release.deployment(),
        release.version(),
        ending.commit().or(release::commit),
        release.ref(),
        release.event(),
        release.trigger(),
        release.host(),
        ending.state(),
        release.startedAt(),
        Optional.of(ending.finishedAt()),
        Optional.of(ending.reason()));
  }

  private void answer() throws LedgerUnavailable {
    if (unavailable) {
      throw new LedgerUnavailable("the record store does not answer");
    }
  }
}
