package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.disk.RealDisk;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands, each in a process of its own, beside the daemon's view of the same queue. */
class QueueControlTest {
  private static final EntryName ONE = EntryName.at(1);

  @TempDir private Path folder;
  private SpoolFixture spool;
  private Queue daemon;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    daemon = spool.queue();
  }

  private EntryName submit(String id) throws IOException {
    return spool.command().submit(SpoolFixture.push(id), new EventId(id));
  }

  @Test
  void whatIsSubmittedWaitsUnderTheTimeOfNow() throws IOException {
    EntryName name = submit("a");

    assertEquals("1763706000123456789.json", name.value());
    assertArrayEquals(SpoolFixture.push("a"), Files.readAllBytes(daemon.waiting(name)));
    assertEquals(List.of(), spool.tree("tmp"));
  }

  @Test
  void theDaemonTakesWhatACommandMarked() throws IOException {
    daemon.sweep();
    EntryName name = submit("a");

    assertEquals(List.of(), daemon.sweep().unmarked());
    assertTrue(daemon.isPending(new EventId("a")));
    daemon.claim(name).orElseThrow().done();
    assertFalse(daemon.isPending(new EventId("a")));
  }

  @Test
  void whatIsSubmittedAndRemovedWhileNoDaemonRunsIsFoundMissing() throws IOException {
    EntryName name = submit("a");
    spool.rm("website/" + name);
    spool.restart();

    assertEquals(
        List.of(new Queue.Vanished(name, new EventId("a"))), spool.queue().sweep().vanished());
  }

  @Test
  void submittedEntriesAreInTheOrderOfSubmission() throws IOException {
    List<EntryName> names = new ArrayList<>();
    names.add(submit("a"));
    names.add(submit("b"));
    spool.clock().step(Duration.ofDays(-1));
    names.add(submit("c"));
    daemon.claim(names.getLast()).orElseThrow().done();
    names.add(submit("d"));
    spool.clock().step(Duration.ofDays(2));
    names.add(submit("e"));

    assertEquals(new ArrayList<>(new TreeSet<>(names)), names);
  }

  @Test
  void whatIsSubmittedWaitsBehindWhatWasAcceptedThoughTheClockIsBack() throws Exception {
    EntryName accepted;
    try (Inbox inbox = spool.inbox()) {
      accepted = inbox.accept(SpoolFixture.push("a"));
    }
    spool.forwardAgain(accepted, "a");
    spool.clock().step(Duration.ofHours(-1));

    EntryName behindWaiting = submit("b");
    daemon.claim(accepted);
    daemon.claim(behindWaiting).orElseThrow().done();
    EntryName behindActive = submit("c");

    assertTrue(behindWaiting.compareTo(accepted) > 0);
    assertTrue(behindActive.compareTo(behindWaiting) > 0);
  }

  @Test
  void theNextAcceptedOneMayMeetTheNameThatACommandTook() throws Exception {
    try (Inbox inbox = spool.inbox()) {
      EntryName first = inbox.accept(SpoolFixture.push("a"));
      spool.forwardAgain(first, "a");
      spool.clock().step(Duration.ofHours(-1));
      EntryName submitted = submit("b");
      EntryName next = inbox.accept(SpoolFixture.push("c"));
      assertEquals(submitted, next, "the case in question");

      spool.forwardAgain(next, "c");

      assertEquals(List.of(first, submitted, next.taken(1)), daemon.waiting());
    }
  }

  @Test
  void namesWrittenByHandDoNotMoveTheClockOfCommands() throws IOException {
    spool.drop("website/2763706000123456789.json", SpoolFixture.push("a"));

    assertEquals("1763706000123456789.json", submit("b").value());
  }

  @Test
  void aNameThatIsActiveOrFailedIsNotGivenAgain() throws IOException {
    EntryName active = submit("a");
    daemon.claim(active);
    EntryName failed = submit("b");
    daemon.claim(failed).orElseThrow().park("broken");
    Files.delete(spool.state().submitted().resolve("website"));

    EntryName third = submit("c");

    assertTrue(third.compareTo(failed) > 0);
  }

  @Test
  void whatCannotBeMadeDurableIsNotSubmitted() throws IOException {
    spool.disk().refuse(Act.SYNC, "website");

    assertThrows(IOException.class, () -> submit("a"));

    assertEquals(List.of(), daemon.waiting());
    assertFalse(daemon.isPending(new EventId("a")));
    assertEquals(List.of(), spool.tree("tmp"));
  }

  @Test
  void pausingHoldsUntilResumed() throws IOException {
    spool.command().pause("until Monday");
    assertEquals(Optional.of("until Monday"), daemon.paused());
    spool.command().pause("until Tuesday");
    assertEquals(Optional.of("until Tuesday"), daemon.paused());

    assertTrue(spool.command().resume());
    assertFalse(spool.command().resume());
    assertEquals(Optional.empty(), daemon.paused());
  }

  @Test
  void aFailedEntryIsRetriedByCommand() throws IOException {
    spool.forward(ONE.value(), "a");
    daemon.claim(ONE).orElseThrow().park("broken");

    assertTrue(spool.command().retry(ONE));

    assertEquals(List.of(ONE.value()), spool.tree("queues/website"));
    assertFalse(spool.command().retry(ONE), "it is not there any more");
  }

  @Test
  void aRetryDoesNotReplaceWhatWaits() throws IOException {
    spool.forward(ONE.value(), "a");
    daemon.claim(ONE).orElseThrow().park("broken");
    spool.drop("website/" + ONE, SpoolFixture.push("b"));

    assertThrows(FileAlreadyExistsException.class, () -> spool.command().retry(ONE));

    assertEquals(List.of(ONE), daemon.failed());
    assertEquals(Optional.of("broken"), spool.reasonOf(ONE));
  }

  @Test
  void aWaitingEntryIsRemovedAndFoundMissing() throws IOException {
    spool.forward(ONE.value(), "a");

    assertTrue(spool.command().remove(ONE));
    assertFalse(spool.command().remove(ONE));

    assertEquals(List.of(new Queue.Vanished(ONE, new EventId("a"))), daemon.sweep().vanished());
  }

  @Test
  void whatAnotherProcessPutInIsMissedWhenItGoesBeforeItWasSeen() throws IOException {
    assertEquals(List.of(), daemon.sweep().waiting());
    Queue other = Queue.open(new RealDisk(), spool.state(), daemon.slug());
    EntryName name =
        new QueueControl(new RealDisk(), spool.state(), other, InstantSource.system())
            .submit(SpoolFixture.push("x"), new EventId("x"));
    assertTrue(other.remove(name));

    assertEquals(List.of(new Queue.Vanished(name, new EventId("x"))), daemon.sweep().vanished());
  }

  @Test
  void aFailedEntryIsDroppedWithItsReason() throws IOException {
    spool.forward(ONE.value(), "a");
    daemon.claim(ONE).orElseThrow().park("broken");

    Optional<EventId> event = Optional.of(new EventId("a"));
    assertTrue(spool.command().dropFailed(ONE, event));
    assertFalse(spool.command().dropFailed(ONE, event));

    assertEquals(List.of(), spool.tree("queues/website"));
    assertEquals(List.of(new Queue.Vanished(ONE, new EventId("a"))), daemon.sweep().vanished());
    assertEquals(Optional.empty(), spool.reasonOf(ONE));
  }

  @Test
  void aFailedEntryThatIsDroppedIsMissedAlsoByASweepInTheMiddleOfIt() throws IOException {
    spool.forward(ONE.value(), "a");
    daemon.claim(ONE).orElseThrow().park("broken");
    List<Queue.Vanished> vanished = new ArrayList<>();
    Path failed = spool.place("website/failed/" + ONE);
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.DELETE && operation.path().equals(failed)) {
            vanished.addAll(daemon.sweep().vanished());
          }
        });

    assertTrue(spool.command().dropFailed(ONE, Optional.of(new EventId("a"))));

    spool.disk().watch(operation -> {});
    vanished.addAll(daemon.sweep().vanished());
    assertEquals(List.of(new Queue.Vanished(ONE, new EventId("a"))), vanished);
  }
}
