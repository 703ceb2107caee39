package dev.slipway.dispatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.CrashingDisk.PowerLoss;
import dev.slipway.event.Event;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.Claim;
import dev.slipway.spool.Inbox;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The daemon from its listener to its workers over one state directory, in lives that a crash ends.
 * The record store survives them all. Workers keep the protocol of the queues and deploy by noting
 * it.
 */
final class Life {
  static final List<Slug> DEPLOYMENTS = List.of(SpoolFixture.WEBSITE, SpoolFixture.DOCS);

  final SpoolFixture spool;
  final MemoryLedger ledger = new MemoryLedger();
  private final Map<EventId, byte[]> sent = new HashMap<>();
  private final Set<EventId> accepted = new TreeSet<>();
  private final Map<Slug, List<EntryName>> started = new HashMap<>();
  private final List<Slug> deployments;
  private final Routes routes;
  private final boolean workersFirst;
  private boolean broken;

  /** Deployments that all follow the same branch; {@code workersFirst} in each life. */
  Life(Path folder, int deployments, boolean workersFirst) throws IOException {
    this.spool = new SpoolFixture(folder);
    this.deployments = DEPLOYMENTS.subList(0, deployments);
    this.routes =
        new Routes(
            this.deployments.stream()
                .map(slug ->
                    new Route(
                        slug,
                        new RepositoryName("example/website"),
                        new Trigger.Branch(GitRef.ofBranch("main")),
                        true))
                .toList());
    this.workersFirst = workersFirst;
    begin();
  }

  private void begin() throws IOException {
    spool.prepared();
    for (Slug slug : DEPLOYMENTS) {
      spool.spool().queue(slug);
    }
    recover();
  }

  /** The power fails, or only the process; the next life begins. */
  void end(PowerLoss loss) throws IOException, LedgerUnavailable {
    spool.disk().losePower(loss);
    assertNothingTorn();
    spool.restart();
    begin();
  }

  /** From now on what is deployed fails, or does not. */
  void broken(boolean now) {
    broken = now;
  }

  /** The listener takes one delivery after another. */
  void accept(String... ids) throws IOException, InterruptedException {
    try (Inbox inbox = spool.inbox()) {
      for (String id : ids) {
        sent.put(new EventId(id), SpoolFixture.push(id));
        inbox.accept(SpoolFixture.push(id));
        accepted.add(new EventId(id));
      }
    }
  }

  /** A person asks for a deployment. */
  void submit(String id) throws IOException {
    sent.put(new EventId(id), SpoolFixture.push(id));
    spool.command().submit(SpoolFixture.push(id), new EventId(id));
    accepted.add(new EventId(id));
  }

  void dispatch() throws IOException, LedgerUnavailable {
    Dispatcher dispatcher =
        new Dispatcher(spool.spool(), ledger, () -> routes, spool.clock(), spool.clock());
    while (dispatcher.step().equals(Duration.ZERO)) {
      spool.clock().pass(Duration.ofMillis(1));
    }
  }

  /** Everything that waits is worked off, by the protocol that workers keep. */
  void work() throws IOException, LedgerUnavailable {
    for (Slug slug : DEPLOYMENTS) {
      Queue queue = spool.spool().queue(slug);
      List<EntryName> waiting = sweep(queue);
      while (!waiting.isEmpty()) {
        for (EntryName name : waiting) {
          Optional<Claim> claim = queue.claim(name);
          if (claim.isPresent()) {
            workOff(queue, claim.get());
          }
        }
        waiting = sweep(queue);
      }
      sweep(queue);
    }
  }

  private List<EntryName> sweep(Queue queue) throws IOException, LedgerUnavailable {
    Queue.Sweep sweep = queue.sweep();
    for (EntryName name : sweep.unmarked()) {
      if (!queue.adopt(name, eventOf(queue.place(name)))) {
        queue.remove(name);
      }
    }
    for (Queue.Vanished vanished : sweep.vanished()) {
      record(queue, vanished.event(), vanished.name(), "cancelled");
      queue.forget(vanished.name());
    }
    return sweep.waiting();
  }

  private void workOff(Queue queue, Claim claim) throws IOException, LedgerUnavailable {
    EventId id = eventOf(claim.file());
    if (isRecorded(queue, id)) {
      claim.done();
      return;
    }
    started.computeIfAbsent(queue.slug(), slug -> new ArrayList<>()).add(claim.name());
    if (broken) {
      claim.park("It is broken.");
    } else {
      record(queue, id, claim.name(), "deployed");
      claim.done();
    }
  }

  private void recover() throws IOException {
    try {
      for (Slug slug : DEPLOYMENTS) {
        Queue queue = spool.spool().queue(slug);
        for (EntryName name : queue.active()) {
          Claim claim = queue.claimed(name);
          if (isRecorded(queue, eventOf(claim.file()))) {
            claim.done();
          } else {
            claim.release();
          }
        }
      }
    } catch (LedgerUnavailable away) {
      throw new IOException(away);
    }
  }

  private EventId eventOf(Path entry) throws IOException {
    return spool.spool().read(entry) instanceof Spool.Reading.Readable(Event event)
        ? event.id()
        : new EventId("unreadable");
  }

  private boolean isRecorded(Queue queue, EventId id) throws LedgerUnavailable {
    return ledger.processed(List.of(id)).stream()
        .anyMatch(event -> event.deployment().equals(Optional.of(queue.slug())));
  }

  private void record(Queue queue, EventId id, EntryName name, String outcome)
      throws LedgerUnavailable {
    ledger.record(
        List.of(
            new ProcessedEvent(
                id,
                Optional.of(queue.slug()),
                outcome,
                name,
                spool.clock().instant(),
                "test",
                Optional.empty())));
  }

  /** Works until nothing is left to do. */
  void goOn() throws IOException, LedgerUnavailable {
    if (workersFirst) {
      work();
    }
    dispatch();
    work();
    work();
  }

  /** Whatever has a name outside the temporary folders is whole. */
  private void assertNothingTorn() throws IOException {
    Path queues = spool.state().queues();
    for (String file : CrashingDisk.tree(queues)) {
      if (file.endsWith(".json")) {
        byte[] content = Files.readAllBytes(queues.resolve(file));
        assertEquals('\n', content[content.length - 1], file + " is torn");
      }
    }
  }

  /** What was accepted is deployed once by each deployment, and nothing else is left anywhere. */
  void assertAllDeployed() throws IOException {
    assertSettled();
    for (Slug slug : deployments) {
      assertEquals(List.of(), spool.tree("queues/" + slug), "nothing is left of " + slug);
      assertEquals(accepted, certain(recorded(slug, "deployed")), "deployed by " + slug);
    }
  }

  /** What was accepted is parked, whole and with its reason, once by each deployment. */
  void assertAllParked() throws IOException {
    assertSettled();
    for (Slug slug : deployments) {
      Set<EventId> parked = new TreeSet<>();
      List<EntryName> failed = spool.spool().queue(slug).failed();
      for (EntryName name : failed) {
        Path entry = spool.place(slug + "/failed/" + name);
        EventId id = eventOf(entry);
        assertTrue(parked.add(id), "parked twice: " + name);
        assertArrayEquals(sent.get(id), Files.readAllBytes(entry));
        assertEquals("It is broken.\n", Files.readString(Path.of(entry + ".reason")));
      }
      assertEquals(accepted, certain(parked), "parked by " + slug);
      assertEquals(2 * failed.size(), spool.tree("queues/" + slug).size(), "and nothing else");
    }
  }

  private void assertSettled() throws IOException {
    assertEquals(List.of(), spool.tree("queues/dispatcher"), "all is routed");
    for (Slug slug : deployments) {
      assertEquals(List.of(), spool.tree("routed/" + slug), "no mark is left");
      assertEquals(Set.of(), recorded(slug, "cancelled"), "nobody cancelled anything");
      List<EntryName> first = List.copyOf(new LinkedHashSet<>(startedBy(slug)));
      assertEquals(List.copyOf(new TreeSet<>(first)), first, "in order of acceptance by " + slug);
    }
    Set<EventId> kept = new TreeSet<>();
    for (String event : spool.tree("events")) {
      assertTrue(
          kept.add(eventOf(spool.state().events().resolve(event))), event + " is kept twice");
    }
  }

  private List<EntryName> startedBy(Slug slug) {
    return started.getOrDefault(slug, List.of());
  }

  private Set<EventId> recorded(Slug slug, String outcome) {
    Set<EventId> ids = new TreeSet<>();
    for (ProcessedEvent event : ledger.everything()) {
      if (event.deployment().equals(Optional.of(slug)) && event.outcome().equals(outcome)) {
        ids.add(event.id());
      }
    }
    return ids;
  }

  /** Without those that were cut off before their sender was told: they may be there or not. */
  private Set<EventId> certain(Set<EventId> ids) {
    ids.removeIf(id -> sent.containsKey(id) && !accepted.contains(id));
    return ids;
  }
}
