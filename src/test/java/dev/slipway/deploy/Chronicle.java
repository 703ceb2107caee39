package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Event;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happened in a {@link Simulation}, and whether it is what is promised. */
final class Chronicle {
  private record At(Slug slug, EntryName entry) {}

  private final Yard yard;
  private final List<String> accepted = new ArrayList<>();
  private final Set<At> movedUp = new HashSet<>();
  private final Set<At> mayBeCancelled = new HashSet<>();
  private final List<At> runs = new ArrayList<>();
  private Optional<EntryName> lastName = Optional.empty();
  private int begun;

  Chronicle(Yard yard) {
    this.yard = yard;
  }

  /** How many deliveries were begun. */
  int accepted() {
    return begun;
  }

  /** A delivery arrives; whether it is accepted is not known yet. */
  void begin(String id) {
    begun++;
  }

  /** A delivery was answered with a 2xx. */
  void accepted(String id, EntryName name) {
    lastName.ifPresent(
        last -> assertTrue(name.compareTo(last) > 0, name + " was given after " + last));
    lastName = Optional.of(name);
    accepted.add(id);
  }

  void movedUp(Slug slug, EntryName name) {
    movedUp.add(new At(slug, name));
  }

  void mayBeCancelled(Slug slug, EntryName name) {
    mayBeCancelled.add(new At(slug, name));
  }

  void ran(Slug slug, EntryName name) {
    runs.add(new At(slug, name));
  }

  /**
   * Holds what is there against the promises.
   *
   * @param commits the number of each push's commit
   */
  void check(Map<String, Integer> commits) throws Exception {
    for (Slug slug : Simulation.SLUGS) {
      checkNothingLeft(slug);
      checkOrder(slug);
      checkReleases(slug);
      Set<String> failed = failed(slug);
      for (String id : new HashSet<>(accepted)) {
        if (!id.startsWith("ping")) {
          checkEvent(slug, id, failed, commits);
        }
      }
    }
    for (String id : new HashSet<>(accepted)) {
      if (id.startsWith("ping")) {
        assertEquals("ping", record(id, Optional.empty()).orElseThrow().outcome());
      }
    }
  }

  private Optional<ProcessedEvent> record(String id, Optional<Slug> slug) {
    return yard.memory.everything().stream()
        .filter(event -> event.id().equals(Yard.id(id)) && event.deployment().equals(slug))
        .findFirst();
  }

  private List<Release> releases(Slug slug) throws Exception {
    return yard.memory.releases(slug, Optional.empty(), 10_000).reversed();
  }

  private void checkNothingLeft(Slug slug) throws Exception {
    Queue queue = yard.spool.queue(slug);
    assertEquals(List.of(), queue.waiting(), "waiting for " + slug);
    assertEquals(List.of(), queue.active(), "active for " + slug);
    assertEquals(Optional.empty(), queue.unfinishedRun());
    for (EventId event : yard.memory.everything().stream().map(ProcessedEvent::id).toList()) {
      assertTrue(!queue.isPending(event), event + " is still marked for " + slug);
    }
    for (EntryName name : queue.failed()) {
      assertTrue(
          yard.disk.exists(yard.spool.state().failed(slug).resolve(name + EntryName.REASON)),
          name + " has no reason");
    }
  }

  /** The ids of what was given up. */
  private Set<String> failed(Slug slug) throws IOException {
    Set<String> ids = new HashSet<>();
    for (EntryName name : yard.spool.queue(slug).failed()) {
      Spool.Reading reading =
          yard.spool.read(yard.spool.state().failed(slug).resolve(name.value()));
      if (reading instanceof Spool.Reading.Readable(Event event)) {
        ids.add(event.id().value());
      }
    }
    return ids;
  }

  /** Accepted is kept, and nothing disappears silently. */
  private void checkEvent(Slug slug, String id, Set<String> failed, Map<String, Integer> commits)
      throws Exception {
    Optional<ProcessedEvent> record = record(id, Optional.of(slug));
    if (record.isEmpty()) {
      assertTrue(failed.contains(id), id + " disappeared from " + slug);
      return;
    }
    switch (record.get().outcome()) {
      case "deployed" -> {}
      case "cancelled" ->
          assertTrue(
              mayBeCancelled.contains(new At(slug, record.get().entry())),
              record.get() + " was asked for by nobody");
      case "superseded" ->
          assertTrue(
              releases(slug).stream()
                  .filter(release -> release.state() == ReleaseState.SUCCEEDED)
                  .anyMatch(release -> number(release) > commits.getOrDefault(id, 0)),
              record.get() + " by nothing");
      default -> throw new AssertionError(record.get());
    }
  }

  private static int number(Release release) {
    return Integer.parseInt(release.commit().orElseThrow().value(), 16);
  }

  /** Recorded once, and every release has come to its end, in its log too. */
  private void checkReleases(Slug slug) throws Exception {
    Set<EventId> deployed = new HashSet<>();
    for (Release release : releases(slug)) {
      assertTrue(release.state() != ReleaseState.RUNNING, release + " still runs");
      if (release.state() == ReleaseState.SUCCEEDED) {
        assertTrue(deployed.add(release.event()), release.event() + " succeeded twice");
        assertEquals(
            "deployed", record(release.event().value(), Optional.of(slug)).orElseThrow().outcome());
      }
      List<String> log = yard.log(release);
      assertEquals(
          1, log.stream().filter(line -> line.contains("\"completed\"")).count(), log::toString);
      assertTrue(log.getLast().contains("\"" + release.state().word() + "\""), log::toString);
    }
    assertEquals(
        deployed.size(),
        yard.memory.everything().stream()
            .filter(event -> event.deployment().equals(Optional.of(slug)))
            .filter(event -> event.outcome().equals("deployed"))
            .count());
  }

  /**
   * Worked off in the order of acceptance; only what an operator moved up comes later, and what an
   * operator removed and a power cut brought back.
   */
  private void checkOrder(Slug slug) {
    Optional<EntryName> last = Optional.empty();
    for (At run : runs) {
      if (!run.slug().equals(slug) || movedUp.contains(run) || mayBeCancelled.contains(run)) {
        continue;
      }
      EntryName before = last.orElse(run.entry());
      assertTrue(run.entry().compareTo(before) >= 0, run.entry() + " ran after " + before);
      last = Optional.of(run.entry());
    }
  }
}
