package dev.slipway.dispatch;

import static dev.slipway.spool.SpoolFixture.DOCS;
import static dev.slipway.spool.SpoolFixture.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.Backlog;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.CommitId;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("example/website");

  private final MemoryLedger ledger = new MemoryLedger();
  private final List<Route> routes = new ArrayList<>();

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private SpoolFixture spool;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    dispatcher =
        new Dispatcher(
            spool.spool(), ledger, () -> new Routes(routes), spool.clock(), spool.clock());
    routes.add(route(WEBSITE, "main", true));
  }

  private static Route route(Slug slug, String branch, boolean enabled) {
    return new Route(slug, REPOSITORY, new Trigger.Branch(GitRef.ofBranch(branch)), enabled);
  }

  private EntryName drop(int time, byte[] entry) throws IOException {
    return spool.drop("dispatcher/" + EntryName.at(time), entry);
  }

  private void routeAll() throws IOException, LedgerUnavailable {
    while (dispatcher.step().equals(Duration.ZERO)) {
      // There is more.
    }
  }

  private List<String> waiting(Slug slug) throws IOException {
    return spool.spool().queue(slug).waiting().stream().map(EntryName::value).toList();
  }

  private List<String> outcomes() {
    return ledger.everything().stream()
        .map(event ->
            event.id()
                + " "
                + event.deployment().map(Slug::value).orElse(ProcessedEvent.DISPATCHER)
                + " "
                + event.outcome()
                + ": "
                + event.reason())
        .toList();
  }

  @Test
  void aPushGoesToItsDeploymentAndIsKept() throws Exception {
    EntryName name = drop(1, SpoolFixture.push("a"));

    assertEquals(Duration.ZERO, dispatcher.step());
    assertEquals(Backlog.SWEEP, dispatcher.step());

    assertEquals(List.of(name.value()), waiting(WEBSITE));
    assertEquals(List.of(name.value()), spool.tree("events"));
    assertEquals(List.of(), spool.tree("queues/dispatcher"));
    assertEquals(List.of(), outcomes(), "its outcome is still to come");
  }

  @Test
  void onePushMayConcernSeveralDeployments() throws Exception {
    routes.add(route(DOCS, "main", true));
    EntryName name = drop(1, SpoolFixture.push("a"));

    routeAll();

    assertEquals(List.of(name.value()), waiting(WEBSITE));
    assertEquals(List.of(name.value()), waiting(DOCS));
    assertTrue(
        Files.isSameFile(spool.place("website/" + name), spool.place("docs/" + name)),
        "as one file");
  }

  @Test
  void whatNobodyTakesIsRecordedWithItsReason() throws Exception {
    routes.add(route(DOCS, "frozen", false));
    drop(1, SpoolFixture.entry("a-ping", "ping", "{}"));
    drop(2, SpoolFixture.push("elsewhere", "feature"));
    drop(3, SpoolFixture.push("disabled", "frozen"));
    drop(4, SpoolFixture.entry("an-issue", "issues", "{}"));
    drop(
        5,
        SpoolFixture.entry(
            "deleted",
            "push",
            "{\"ref\":\"refs/heads/main\",\"after\":\"%s\",\"deleted\":true,\"head_commit\":null,"
                    .formatted("0".repeat(40))
                + "\"repository\":{\"full_name\":\"example/website\"}}"));

    routeAll();

    assertEquals(
        List.of(
            "a-ping @dispatcher ping: GitHub's greeting to a new webhook",
            "elsewhere @dispatcher void: no deployment of example/website follows"
                + " refs/heads/feature",
            "disabled @dispatcher ignored: deployment docs is disabled",
            "an-issue @dispatcher ignored: an event of kind \"issues\" starts nothing",
            "deleted @dispatcher ignored: refs/heads/main was deleted"),
        outcomes());
    assertEquals(
        List.of("", "0f3c1b2", "0f3c1b2", "", ""),
        ledger.everything().stream()
            .map(event -> event.commit().map(CommitId::brief).orElse(""))
            .toList());
    assertEquals(5, spool.tree("events").size());
    assertEquals(List.of(), spool.tree("queues"));
  }

  @Test
  void aSecondDeliveryOfAWaitingEventIsDropped() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.push("a"));
    routeAll();
    drop(3, SpoolFixture.push("a"));
    routeAll();

    assertEquals(List.of(EntryName.at(1).value()), waiting(WEBSITE));
    assertEquals(List.of(), spool.tree("queues/dispatcher"));
  }

  @Test
  void aSecondDeliveryOfARecordedEventGoesOnlyWhereItIsNew() throws Exception {
    ledger.record(
        List.of(
            new ProcessedEvent(
                new EventId("a"),
                Optional.of(WEBSITE),
                "deployed",
                EntryName.at(1),
                spool.clock().instant(),
                "release 1",
                Optional.empty())));
    routes.add(route(DOCS, "main", true));
    drop(2, SpoolFixture.push("a"));

    routeAll();

    assertEquals(List.of(), waiting(WEBSITE));
    assertEquals(List.of(EntryName.at(2).value()), waiting(DOCS));
  }

  @Test
  void whatNobodyTookMayBeTakenWhenItComesAgain() throws Exception {
    routes.clear();
    drop(1, SpoolFixture.push("a"));
    routeAll();
    routes.add(route(WEBSITE, "main", true));
    drop(2, SpoolFixture.push("a"));
    routeAll();

    assertEquals(
        List.of("a @dispatcher void: no deployment is configured for example/website"), outcomes());
    assertEquals(List.of(EntryName.at(2).value()), waiting(WEBSITE));
  }

  @Test
  void whatIsNoEventIsPutAsideAndTheRestGoesOn() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, "{\"id\":\"b\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    drop(3, SpoolFixture.push("c"));
    spool.drop("dispatcher/9999999999999999999.json", new byte[0]);

    routeAll();

    assertEquals(List.of(EntryName.at(1).value(), EntryName.at(3).value()), waiting(WEBSITE));
    assertEquals(
        List.of(
            "corrupt/" + EntryName.at(2),
            "corrupt/" + EntryName.at(2) + ".reason",
            "corrupt/9999999999999999999.json",
            "corrupt/9999999999999999999.json.reason"),
        spool.tree("queues/dispatcher"));
    assertEquals(
        "This is no event that can be routed: it is not JSON at line 1, column 10.\n",
        Files.readString(spool.place("dispatcher/corrupt/" + EntryName.at(2) + ".reason")));
  }

  @Test
  void anEventThatMeetsAFaultInSlipwayIsPutAsideAndTheRestGoesOn() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.push("b"));
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.READ && operation.path().endsWith(EntryName.at(1).value())) {
            throw new IllegalStateException("a bug");
          }
        });

    routeAll();

    assertEquals(List.of(EntryName.at(2).value()), waiting(WEBSITE));
    assertEquals(
        "It met a fault in Slipway itself: java.lang.IllegalStateException: a bug\n",
        Files.readString(spool.place("dispatcher/corrupt/" + EntryName.at(1) + ".reason")));
  }

  @Test
  void aDiskThatFailsForNowLosesNothing() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.push("b"));
    for (Act act : List.of(Act.READ, Act.LINK, Act.NOTE, Act.SYNC, Act.MOVE)) {
      spool.disk().refuse(act, "");
      assertThrows(IOException.class, this::routeAll, act.toString());
    }
    spool.disk().watch(operation -> {});

    routeAll();

    assertEquals(List.of(EntryName.at(1).value(), EntryName.at(2).value()), waiting(WEBSITE));
    assertEquals(List.of(), spool.tree("queues/dispatcher"));
  }

  @Test
  void whileTheRecordStoreIsAwayNothingMovesAndThenEverythingInOrder() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.entry("b", "ping", "{}"));
    ledger.unavailable(true);
    assertThrows(LedgerUnavailable.class, this::routeAll);
    drop(3, SpoolFixture.push("c"));
    assertThrows(LedgerUnavailable.class, this::routeAll);

    assertEquals(3, spool.tree("queues/dispatcher").size());
    assertEquals(List.of(), waiting(WEBSITE));

    ledger.unavailable(false);
    routeAll();

    assertEquals(List.of(EntryName.at(1).value(), EntryName.at(3).value()), waiting(WEBSITE));
    assertEquals(1, ledger.everything().size());
  }

  @Test
  void aRecordStoreThatGoesAwayInBetweenDoublesNothing() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.entry("b", "ping", "{}"));
    // It answers what is recorded, and is gone when the greeting is to be recorded.
    spool.disk().watch(operation -> ledger.unavailable(operation.act() != Act.READ));
    assertThrows(LedgerUnavailable.class, this::routeAll);
    spool.disk().watch(operation -> {});
    ledger.unavailable(false);

    assertEquals(2, spool.tree("queues/dispatcher").size());
    routeAll();

    assertEquals(List.of(EntryName.at(1).value()), waiting(WEBSITE));
    assertEquals(1, ledger.everything().size());
  }

  @Test
  void manyEntriesAreRoutedInOrder() throws Exception {
    int count = 2 * Dispatcher.GROUP + 7;
    for (int i = count; i >= 1; i--) {
      drop(i, SpoolFixture.push("event-" + i));
    }
    List<String> linked = new ArrayList<>();
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.LINK) {
            linked.add(String.valueOf(operation.path().getFileName()));
          }
        });

    routeAll();

    assertEquals(waiting(WEBSITE), linked);
    assertEquals(count, linked.size());
  }

  @Test
  void aGroupIsOnStorageBeforeItLeavesTheDispatcher() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.push("b"));
    spool.spool().queue(WEBSITE);
    int before = spool.disk().changes().size();

    routeAll();

    assertEquals(
        List.of(
            "LINK queues/website/" + EntryName.at(1),
            "NOTE routed/website/a",
            "LINK queues/website/" + EntryName.at(2),
            "NOTE routed/website/b",
            "SYNC queues/website",
            "SYNC routed/website",
            "MOVE events/" + EntryName.at(1),
            "MOVE events/" + EntryName.at(2),
            "SYNC events",
            "SYNC queues/dispatcher"),
        spool.disk().changes().stream()
            .skip(before)
            .map(operation -> operation.below(spool.state().root()))
            .toList());
  }

  @Test
  void whatArrivesWhileALongQueueIsWorkedOffDoesNotMakeItBeListedAgain() throws Exception {
    for (int i = 1; i <= 4 * Dispatcher.GROUP; i++) {
      drop(i, SpoolFixture.entry("event-" + i, "ping", "{}"));
    }
    AtomicInteger looks = new AtomicInteger();
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.LIST && operation.path().equals(spool.state().dispatcher())) {
            looks.incrementAndGet();
          }
        });

    for (int group = 0; group < 4; group++) {
      dispatcher.step();
    }

    assertEquals(2, looks.get(), "the two looks of one listing");
    assertEquals(4 * Dispatcher.GROUP, ledger.everything().size());
  }

  @Test
  void anEntryRemovedByHandIsNoFailure() throws Exception {
    drop(1, SpoolFixture.push("a"));
    drop(2, SpoolFixture.push("b"));
    AtomicInteger reads = new AtomicInteger();
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.READ && reads.incrementAndGet() == 2) {
            // One before it is read, one after.
            spool.rm("dispatcher/" + EntryName.at(2));
            spool.rm("dispatcher/" + EntryName.at(1));
          }
        });

    routeAll();

    assertEquals(List.of(), waiting(WEBSITE));
    assertEquals(List.of(), spool.tree("queues/dispatcher"));
  }

  @Test
  void whatIsPutInByHandIsRoutedInTheOrderOfItsName() throws Exception {
    drop(5, SpoolFixture.push("a"));
    spool.drop("dispatcher/by hand.json", SpoolFixture.push("b"));
    drop(3, SpoolFixture.push("c"));

    routeAll();

    assertEquals(
        List.of(EntryName.at(3).value(), EntryName.at(5).value(), "by hand.json"),
        waiting(WEBSITE));
  }

  @Test
  void anIdleDispatcherPrunesNowAndThen() throws Exception {
    routeAll();
    Path old = spool.state().events().resolve(EntryName.at(1).value());
    Files.createFile(old);
    spool.clock().step(Duration.ofDays(365_000));

    routeAll();

    assertFalse(Files.exists(old));
  }

  @Test
  void pruningThatFailsDoesNotHoldUpEvents() throws Exception {
    spool.disk().refuse(Act.LIST, "events");
    assertThrows(IOException.class, this::routeAll);
    spool.disk().watch(operation -> {});
    drop(1, SpoolFixture.push("a"));

    routeAll();

    assertEquals(List.of(EntryName.at(1).value()), waiting(WEBSITE));
  }
}
