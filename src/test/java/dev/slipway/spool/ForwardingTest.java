package dev.slipway.spool;

import static dev.slipway.spool.Queue.Forwarded.DUPLICATE;
import static dev.slipway.spool.Queue.Forwarded.KNOWN;
import static dev.slipway.spool.Queue.Forwarded.LINKED;
import static dev.slipway.spool.Queue.Forwarded.REMOVED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the dispatcher's queue into a deployment's: never lost, never twice. */
class ForwardingTest {
  private static final String NAME = "1763706000123456789.json";
  private static final EntryName ENTRY = new EntryName(NAME);

  @TempDir private Path folder;
  private SpoolFixture spool;
  private Queue queue;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    queue = spool.queue();
    spool.drop("dispatcher/" + NAME, SpoolFixture.push("a"));
  }

  private Queue.Forwarded forward(String id) throws IOException {
    return spool.forwardAgain(ENTRY, id);
  }

  @Test
  void anEntryIsLinkedUnderItsOwnName() throws IOException {
    assertEquals(LINKED, forward("a"));

    assertEquals(List.of(ENTRY), queue.waiting());
    assertTrue(Files.isSameFile(spool.place("dispatcher/" + NAME), queue.waiting(ENTRY)));
    assertTrue(queue.isPending(new EventId("a")));
  }

  @Test
  void forwardingAgainChangesNothing() throws IOException {
    forward("a");
    assertEquals(KNOWN, forward("a"));

    spool.restart();
    assertEquals(KNOWN, forward("a"));

    assertEquals(List.of(ENTRY), spool.queue().waiting());
  }

  @Test
  void forwardingAgainAnEntryThatRunsChangesNothing() throws IOException {
    forward("a");
    queue.claim(ENTRY);

    assertEquals(KNOWN, forward("a"));

    assertEquals(List.of(), queue.waiting());
  }

  @Test
  void forwardingAgainAnEntryThatWasParkedChangesNothing() throws IOException {
    forward("a");
    queue.claim(ENTRY).orElseThrow().park("broken");

    assertEquals(KNOWN, forward("a"));

    assertEquals(List.of(), queue.waiting());
  }

  @Test
  void forwardingAgainAnEntryThatWasParkedUnderAnotherNameChangesNothing() throws IOException {
    spool.drop("website/failed/" + NAME, SpoolFixture.push("older"));
    forward("a");
    assertEquals(ENTRY.taken(1), queue.claim(ENTRY).orElseThrow().park("broken"));

    assertEquals(KNOWN, forward("a"));

    assertEquals(List.of(), queue.waiting());
  }

  @Test
  void aSecondDeliveryOfAWaitingEventIsADuplicate() throws IOException {
    forward("a");
    EntryName later = spool.drop("dispatcher/1763706000999999999.json", SpoolFixture.push("a"));

    assertEquals(DUPLICATE, spool.forwardAgain(later, "a"));

    assertEquals(List.of(ENTRY), queue.waiting());
  }

  @Test
  void aSecondDeliveryOfARunningEventIsADuplicateAlsoAfterARestart() throws IOException {
    forward("a");
    queue.claim(ENTRY);
    spool.restart();
    EntryName later = spool.drop("dispatcher/1763706000999999999.json", SpoolFixture.push("a"));

    assertEquals(DUPLICATE, spool.forwardAgain(later, "a"));
  }

  @Test
  void aSecondDeliveryOfAFailedEventRunsAgain() throws IOException {
    forward("a");
    queue.claim(ENTRY).orElseThrow().park("broken");
    EntryName later = spool.drop("dispatcher/1763706000999999999.json", SpoolFixture.push("a"));

    assertEquals(LINKED, spool.forwardAgain(later, "a"));

    assertEquals(List.of(later), queue.waiting());
    assertEquals(List.of(ENTRY), queue.failed());
  }

  @Test
  void aSecondDeliveryOfAnEventWhoseParkingWasCutOffRunsAgain() throws IOException {
    forward("a");
    // The mark was still to be removed when the daemon died.
    spool.mv("website/" + NAME, "website/failed/" + NAME);
    spool.restart();
    EntryName later = spool.drop("dispatcher/1763706000999999999.json", SpoolFixture.push("a"));

    assertEquals(LINKED, spool.forwardAgain(later, "a"));
  }

  @Test
  void anotherEventOfTheSameNameLosesNothing() throws IOException {
    spool.drop("website/" + NAME, SpoolFixture.push("by-hand"));

    assertEquals(LINKED, forward("a"));
    assertEquals(KNOWN, forward("a"));

    assertEquals(List.of(ENTRY, ENTRY.taken(1)), queue.waiting());
    assertArrayEquals(SpoolFixture.push("a"), Files.readAllBytes(queue.waiting(ENTRY.taken(1))));
  }

  @Test
  void aNameThatAnotherEventHadAMomentAgoIsNotTakenOver() throws IOException {
    spool.drop("website/" + NAME, SpoolFixture.push("by-hand"));
    queue.adopt(ENTRY, new EventId("by-hand"));
    spool.rm("website/" + NAME);

    forward("a");
    spool.rm("dispatcher/" + NAME);

    assertEquals(
        List.of(new Queue.Vanished(ENTRY, new EventId("by-hand"))), secondSweep().vanished());
    assertEquals(List.of(ENTRY.taken(1)), queue.waiting());
  }

  private Queue.Sweep secondSweep() throws IOException {
    queue.sweep();
    return queue.sweep();
  }

  @Test
  void aLinkThatThePowerForgotIsMadeAgain() throws IOException {
    forward("a");
    // The mark came to storage, the link did not.
    spool.rm("website/" + NAME);
    spool.restart();

    assertEquals(
        List.of(), spool.queue().sweep().vanished(), "the dispatcher has it still: not removed");
    assertEquals(LINKED, forward("a"));
  }

  @Test
  void anEntryRemovedBeforeItIsForwardedIsNoFailure() throws IOException {
    spool.rm("dispatcher/" + NAME);

    assertEquals(REMOVED, forward("a"));

    assertEquals(List.of(), queue.waiting());
  }

  @Test
  void aQueueThatAnOperatorRemovedIsMadeAgain() throws IOException {
    for (String directory : List.of("active", "failed", "")) {
      Files.delete(spool.place("website/" + directory));
    }

    assertEquals(LINKED, forward("a"));

    assertEquals(List.of(ENTRY), queue.waiting());
    assertTrue(queue.claim(ENTRY).isPresent());
  }

  @Test
  void anEntryOfAnotherUserIsCopiedWhereTheSystemProtectsHardLinks() throws IOException {
    AtomicBoolean refused = new AtomicBoolean();
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.LINK && refused.compareAndSet(false, true)) {
            throw new FileSystemException(NAME, null, "Operation not permitted");
          }
        });

    assertEquals(LINKED, forward("a"));
    assertEquals(KNOWN, forward("a"));

    assertArrayEquals(SpoolFixture.push("a"), Files.readAllBytes(queue.waiting(ENTRY)));
    assertEquals(List.of(), spool.tree("tmp"));
  }

  @Test
  void theSweepDoesNotMistakeItForAHandMadeOneMeanwhile() throws Exception {
    AtomicBoolean linked = new AtomicBoolean();
    var sweeps = new java.util.concurrent.LinkedBlockingQueue<Queue.Sweep>();
    Thread worker =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                sweeps.add(queue.sweep());
              } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
              }
            });
    spool
        .disk()
        .watch(operation -> {
          // Between the link and its mark, the worker sweeps.
          if (operation.act() == Act.NOTE && linked.compareAndSet(false, true)) {
            worker.start();
          }
        });

    forward("a");
    worker.join();

    assertEquals(List.of(), sweeps.take().unmarked());
  }
}
