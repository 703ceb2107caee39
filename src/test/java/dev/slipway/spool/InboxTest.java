package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
  private static final byte[] ENTRY = SpoolFixture.push("a");

  @TempDir private Path folder;
  private SpoolFixture spool;

  @BeforeEach
  void open() {
    spool = new SpoolFixture(folder);
  }

  private List<String> visible() {
    return spool.tree("queues/dispatcher");
  }

  @Test
  void anAcceptedEntryIsThereUnderItsName() throws Exception {
    try (Inbox inbox = spool.inbox()) {
      EntryName name = inbox.accept(ENTRY);

      assertEquals("1763706000123456789.json", name.value());
      assertEquals(List.of(name.value()), visible());
      assertArrayEquals(ENTRY, Files.readAllBytes(spool.place("dispatcher/" + name)));
    }
  }

  @Test
  void itIsWrittenAndSyncedThenNamedThenTheNameIsSynced() throws Exception {
    try (Inbox inbox = spool.inbox()) {
      int before = spool.disk().changes().size();

      EntryName name = inbox.accept(ENTRY);

      List<String> done =
          spool.disk().changes().stream()
              .skip(before)
              .map(operation -> operation.below(spool.state().root()))
              .toList();
      assertEquals(
          List.of(
              "STAGE tmp/inbox-0/0", "MOVE queues/dispatcher/" + name, "SYNC queues/dispatcher"),
          done);
    }
  }

  @Test
  void namesIncreaseWhileTheClockStandsStillOrStepsBack() throws Exception {
    List<EntryName> names = new ArrayList<>();
    try (Inbox inbox = spool.inbox()) {
      names.add(inbox.accept(ENTRY));
      names.add(inbox.accept(ENTRY));
      spool.clock().step(Duration.ofDays(-365));
      names.add(inbox.accept(ENTRY));
      spool.clock().pass(Duration.ofSeconds(10));
      names.add(inbox.accept(ENTRY));
    }

    assertStrictlyIncreasing(names);
    assertEquals(names.getFirst().epochNanos().orElseThrow() + 3, nanos(names.getLast()));
  }

  @Test
  void namesIncreaseOverRestartsThoughTheClockStepsBack() throws Exception {
    List<EntryName> names = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      try (Inbox inbox = spool.inbox()) {
        names.add(inbox.accept(ENTRY));
        names.add(inbox.accept(ENTRY));
      }
      spool.rm("dispatcher/" + names.getLast());
      spool.clock().step(Duration.ofHours(-1));
      spool.restart();
    }

    assertStrictlyIncreasing(names);
  }

  @Test
  void namesIncreaseAfterACrashThatSkippedTheClosing() throws Exception {
    List<EntryName> names = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      names.add(spool.inbox().accept(ENTRY));
      spool.clock().step(Duration.ofMillis(-1));
      spool.restart();
    }

    assertStrictlyIncreasing(names);
    long ahead = nanos(names.getLast()) - NameClock.epochNanos(spool.clock().instant());
    assertTrue(ahead < 3 * NameClock.WINDOW_NANOS, "ahead of the clock by " + ahead);
  }

  @Test
  void aCleanRestartLeavesNoGap() throws Exception {
    EntryName before;
    try (Inbox inbox = spool.inbox()) {
      before = inbox.accept(ENTRY);
    }
    spool.restart();
    try (Inbox inbox = spool.inbox()) {
      assertEquals(nanos(before) + 1, nanos(inbox.accept(ENTRY)));
    }
  }

  @Test
  void handWrittenNamesInTheFutureDoNotMoveTheClock() throws Exception {
    spool.drop("dispatcher/2763706000123456789.json", ENTRY);
    spool.drop("dispatcher/9999999999999999999.json", ENTRY);
    spool.drop("dispatcher/zzz.json", ENTRY);
    try (Inbox inbox = spool.inbox()) {
      assertEquals("1763706000123456789.json", inbox.accept(ENTRY).value());
    }
  }

  @Test
  void aNameThatAnOperatorTookIsLeftToHim() throws Exception {
    spool.drop("dispatcher/1763706000123456789.json", new byte[] {1});
    try (Inbox inbox = spool.inbox()) {
      assertEquals("1763706000123456790.json", inbox.accept(ENTRY).value());
    }
    assertEquals(1, Files.size(spool.place("dispatcher/1763706000123456789.json")));
  }

  @Test
  void sixtyFourAtOnceAreEachVisibleAndInOrder() throws Exception {
    int senders = 64;
    Set<EntryName> accepted = new ConcurrentSkipListSet<>();
    List<Set<String>> looks = new ArrayList<>();
    try (Inbox inbox = spool.inbox();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch together = new CountDownLatch(1);
      List<Future<EntryName>> results =
          IntStream.range(0, senders)
              .mapToObj(sender ->
                  threads.submit(() -> {
                    together.await();
                    EntryName name = inbox.accept(SpoolFixture.push("event-" + sender));
                    assertTrue(Files.exists(spool.place("dispatcher/" + name)));
                    accepted.add(name);
                    return name;
                  }))
              .toList();
      together.countDown();
      while (accepted.size() < senders) {
        looks.add(new TreeSet<>(visible()));
        for (Future<EntryName> result : results) {
          if (result.state() == Future.State.FAILED) {
            throw new AssertionError(result.exceptionNow());
          }
        }
      }
    }

    assertEquals(senders, accepted.size());
    List<String> all = accepted.stream().map(EntryName::value).toList();
    assertEquals(all, visible());
    for (Set<String> look : looks) {
      assertEquals(
          new TreeSet<>(all.subList(0, look.size())), look, "a later one before an earlier one");
    }
  }

  @Test
  void noneReturnsBeforeTheDirectoryIsSyncedAfterItsName() throws Exception {
    List<CrashingDisk.Operation> changes = new ArrayList<>();
    List<EntryName> names = new ArrayList<>();
    try (Inbox inbox = spool.inbox();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<EntryName>>> results = new ArrayList<>();
      for (int sender = 0; sender < 64; sender++) {
        results.add(
            threads.submit(() -> {
              EntryName name = inbox.accept(ENTRY);
              synchronized (names) {
                names.add(name);
                assertTrue(isDurable(spool.disk().changes(), name), name + " returned early");
              }
              return List.of(name);
            }));
      }
      for (Future<List<EntryName>> result : results) {
        result.get();
      }
      changes.addAll(spool.disk().changes());
    }

    long syncs =
        changes.stream()
            .filter(change -> change.act() == Act.SYNC)
            .filter(change -> change.path().equals(spool.state().dispatcher()))
            .count();
    assertTrue(syncs <= names.size(), "one sync serves many");
  }

  private boolean isDurable(List<CrashingDisk.Operation> changes, EntryName name) {
    int named = changes.size();
    for (int i = 0; i < changes.size(); i++) {
      CrashingDisk.Operation change = changes.get(i);
      if (change.act() == Act.MOVE && change.path().endsWith(name.value())) {
        named = i;
      }
      if (i > named
          && change.act() == Act.SYNC
          && change.path().equals(spool.state().dispatcher())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whatCannotBeWrittenIsRefusedAndLeavesNothing() throws Exception {
    try (Inbox inbox = spool.inbox()) {
      for (Refusal refusal : List.of(new Refusal(Act.STAGE, ""), new Refusal(Act.MOVE, ".json"))) {
        spool.disk().refuse(refusal.act(), refusal.pathEnd());

        assertThrows(IOException.class, () -> inbox.accept(ENTRY), refusal.toString());

        assertEquals(List.of(), visible(), refusal.toString());
        assertEquals(List.of(), spool.tree("tmp"), refusal.toString());
      }
      spool.disk().watch(operation -> {});
      assertEquals(List.of(inbox.accept(ENTRY).value()), visible());
    }
  }

  private record Refusal(Act act, String pathEnd) {}

  @Test
  void allWhoShareASyncThatFailsAreRefusedAndWhatHasItsNameIsNotTakenBack() throws Exception {
    try (Inbox inbox = spool.inbox();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      spool.disk().refuse(Act.SYNC, "dispatcher");

      List<Future<EntryName>> results =
          IntStream.range(0, 32)
              .mapToObj(sender -> threads.submit(() -> inbox.accept(ENTRY)))
              .toList();

      for (Future<EntryName> result : results) {
        ExecutionException refusal = assertThrows(ExecutionException.class, result::get);
        assertInstanceOf(IOException.class, refusal.getCause());
      }
      assertEquals(32, visible().size());
      assertEquals(List.of(), spool.tree("tmp"));
      spool.disk().watch(operation -> {});
      assertEquals(inbox.accept(ENTRY).value(), visible().getLast());
    }
  }

  @Test
  void anEventThatIsRoutedWhileItsSyncFailsIsRoutedToAllOfItsDeployments() throws Exception {
    spool.prepared();
    try (Inbox inbox = spool.inbox()) {
      spool
          .disk()
          .watch(operation -> {
            if (operation.act() == Act.SYNC
                && operation.path().equals(spool.state().dispatcher())) {
              // The dispatcher has linked it into the first of two queues.
              spool.forwardAgain(new EntryName(visible().getFirst()), "a");
              throw new IOException("Input/output error");
            }
          });

      assertThrows(IOException.class, () -> inbox.accept(ENTRY));

      EntryName entry = new EntryName(visible().getFirst());
      assertEquals(
          Queue.Forwarded.LINKED,
          spool
              .spool()
              .queue(SpoolFixture.DOCS)
              .forward(spool.spool().unrouted(entry), entry, new EventId("a")));
    }
  }

  @Test
  void aNameThatCannotBeReservedIsRefused() throws Exception {
    try (Inbox inbox = spool.inbox()) {
      spool.clock().pass(Duration.ofHours(1));
      spool.disk().refuse(Act.REPLACE, "names");

      assertThrows(IOException.class, () -> inbox.accept(ENTRY));

      assertEquals(List.of(), visible());
      spool.disk().watch(operation -> {});
      inbox.accept(ENTRY);
    }
  }

  @Test
  void aClosedInboxTakesNothing() throws Exception {
    Inbox inbox = spool.inbox();
    inbox.close();

    assertThrows(IOException.class, () -> inbox.accept(ENTRY));

    assertEquals(List.of(), visible());
    assertEquals(List.of(), spool.tree("tmp"));
  }

  @Test
  void aSenderThatIsInterruptedLeavesNothing() throws Exception {
    AtomicReference<Throwable> end = new AtomicReference<>();
    try (Inbox inbox = spool.inbox()) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                Thread.currentThread().interrupt();
                try {
                  inbox.accept(ENTRY);
                } catch (IOException | InterruptedException thrown) {
                  end.set(thrown);
                }
              });
      sender.join();
    }

    assertEquals(InterruptedException.class, end.get().getClass());
    assertEquals(List.of(), visible());
  }

  @Test
  void whatAnEarlierLifeLeftHalfWrittenIsClearedAway() throws Exception {
    spool.inbox().close();
    Path tmp = spool.state().temporary();
    Files.write(tmp.resolve("inbox-3").resolve("17"), new byte[5]);
    Files.write(tmp.resolve("of-a-command-that-runs"), new byte[5]);
    Path abandoned = Files.write(tmp.resolve("of-a-command-that-died"), new byte[5]);
    Files.setLastModifiedTime(tmp.resolve("of-a-command-that-runs"), age(Duration.ofHours(1)));
    Files.setLastModifiedTime(abandoned, age(Duration.ofHours(25)));

    spool.inbox().close();

    assertEquals(
        List.of("tmp/of-a-command-that-runs"),
        spool.tree("").stream().filter(file -> file.startsWith("tmp")).toList());
  }

  private FileTime age(Duration age) {
    return FileTime.from(spool.clock().instant().minus(age));
  }

  @Test
  void aDamagedBoundIsSaidWithItsPlace() throws Exception {
    spool.inbox().close();
    Files.writeString(spool.state().names(), "yesterday");

    IOException refusal = assertThrows(IOException.class, spool::inbox);

    assertTrue(String.valueOf(refusal.getMessage()).contains(spool.state().names().toString()));
    assertFalse(String.valueOf(refusal.getMessage()).contains("yesterday"));
  }

  private static long nanos(EntryName name) {
    return name.epochNanos().orElseThrow();
  }

  private static void assertStrictlyIncreasing(List<EntryName> names) {
    assertEquals(new ArrayList<>(new TreeSet<>(names)), names);
  }
}
