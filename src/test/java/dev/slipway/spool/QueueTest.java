package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.process.RunToken;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep finds of what operators did, and what a queue remembers. */
class QueueTest {
  private static final EntryName ONE = EntryName.at(1);
  private static final EntryName TWO = EntryName.at(2);
  private static final EventId A = new EventId("a");
  private static final EventId B = new EventId("b");

  @TempDir private Path folder;
  private SpoolFixture spool;
  private Queue queue;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    queue = spool.queue();
  }

  @Test
  void whatWasForwardedWaitsInOrder() throws IOException {
    spool.forward(TWO.value(), "b");
    spool.forward(ONE.value(), "a");

    assertEquals(new Queue.Sweep(List.of(ONE, TWO), List.of(), List.of()), queue.sweep());
  }

  @Test
  void whatAnOperatorDroppedInIsUnmarkedUntilItIsAdopted() throws IOException {
    EntryName dropped = spool.drop("website/by hand", SpoolFixture.push("a"));

    assertEquals(List.of(dropped), queue.sweep().unmarked());
    assertTrue(queue.adopt(dropped, A));

    assertEquals(List.of(), queue.sweep().unmarked());
    assertTrue(queue.isPending(A));
  }

  @Test
  void whatWasLookedAtInVainIsShownAgainOnlyWhenItWasWrittenSince() throws IOException {
    spool.forward(ONE.value(), "a");
    EntryName rubbish = spool.drop("website/rubbish", new byte[] {1});
    Files.setLastModifiedTime(spool.place("website/rubbish"), FileTime.fromMillis(1));
    assertEquals(List.of(rubbish), queue.sweep().unmarked());
    queue.leave(rubbish);

    Queue.Sweep next = queue.sweep();
    assertEquals(List.of(), next.unmarked());
    assertEquals(List.of(ONE, rubbish), next.waiting());
    spool.rm("website/" + ONE);
    assertEquals(List.of(new Queue.Vanished(ONE, A)), queue.sweep().vanished());

    Files.setLastModifiedTime(spool.place("website/rubbish"), FileTime.fromMillis(2));
    assertEquals(List.of(rubbish), queue.sweep().unmarked());
  }

  @Test
  void aCopyOfWhatWaitsIsNotAdopted() throws IOException {
    spool.forward(ONE.value(), "a");
    EntryName copy = spool.drop("website/copy.json", SpoolFixture.push("a"));

    assertFalse(queue.adopt(copy, A));
    assertTrue(queue.adopt(ONE, A), "but the one that waits is what it was");
  }

  @Test
  void whatAnOperatorRemovedHasVanished() throws IOException {
    spool.forward(ONE.value(), "a");
    spool.forward(TWO.value(), "b");
    spool.rm("website/" + ONE);

    assertEquals(
        new Queue.Sweep(List.of(TWO), List.of(), List.of(new Queue.Vanished(ONE, A))),
        queue.sweep());
    queue.forget(ONE);

    assertEquals(List.of(), queue.sweep().vanished());
    assertFalse(queue.isPending(A));
  }

  @Test
  void whatWasRemovedWhileNoDaemonRanHasVanishedToo() throws IOException {
    spool.forward(ONE.value(), "a");
    spool.rm("website/" + ONE);
    spool.restart();

    assertEquals(List.of(new Queue.Vanished(ONE, A)), spool.queue().sweep().vanished());
  }

  @Test
  void whatWasRenamedHasNotVanished() throws IOException {
    spool.forward(ONE.value(), "a");
    spool.mv("website/" + ONE, "website/later.json");

    Queue.Sweep sweep = queue.sweep();
    EntryName renamed = new EntryName("later.json");
    assertEquals(new Queue.Sweep(List.of(renamed), List.of(renamed), List.of()), sweep);
    assertTrue(queue.adopt(renamed, A));

    assertEquals(new Queue.Sweep(List.of(renamed), List.of(), List.of()), queue.sweep());
  }

  @Test
  void anEntryThatCannotBeAdoptedDoesNotHideARemovalForLong() throws IOException {
    spool.forward(ONE.value(), "a");
    spool.rm("website/" + ONE);
    EntryName torn = spool.drop("website/torn.json", new byte[] {'{'});

    assertEquals(List.of(), queue.sweep().vanished());
    Queue.Sweep next = queue.sweep();
    assertEquals(List.of(torn), next.unmarked());
    assertEquals(List.of(new Queue.Vanished(ONE, A)), next.vanished());
  }

  @Test
  void whatRunsOrFailedHasNotVanished() throws IOException {
    spool.forward(ONE.value(), "a");
    spool.forward(TWO.value(), "b");
    queue.claim(ONE);
    spool.mv("website/" + TWO, "website/failed/" + TWO);

    assertEquals(new Queue.Sweep(List.of(), List.of(), List.of()), queue.sweep());
    assertTrue(queue.isPending(A));
    assertFalse(queue.isPending(B), "what failed waits no more");
  }

  @Test
  void anEntryMovedUpFromFailedIsAdoptedAsAnyOther() throws IOException {
    spool.forward(ONE.value(), "a");
    queue.claim(ONE).orElseThrow().park("broken");
    spool.mv("website/failed/" + ONE, "website/" + ONE);

    assertEquals(List.of(ONE), queue.sweep().unmarked());
    assertTrue(queue.adopt(ONE, A));
    assertTrue(queue.claim(ONE).isPresent());
    assertEquals(List.of(), spool.tree("queues/website/failed"), "nor does its reason stay");
  }

  @Test
  void strayFilesAmongTheMarksAreNobodysMarks() throws IOException {
    spool.forward(ONE.value(), "a");
    Path marks = spool.state().markers(SpoolFixture.WEBSITE);
    Files.writeString(marks.resolve("README"), "what is this?");
    Files.createSymbolicLink(marks.resolve("not an id"), Path.of(TWO.value()));
    Files.createSymbolicLink(marks.resolve("dangling"), Path.of("../elsewhere"));
    spool.restart();

    assertEquals(new Queue.Sweep(List.of(ONE), List.of(), List.of()), spool.queue().sweep());
  }

  @Test
  void directoriesAndHiddenFilesDoNotWait() throws IOException {
    Files.createDirectory(spool.place("website/old"));
    Files.createFile(spool.place("website/.swp"));
    Files.createFile(spool.place("website/paused"));

    assertEquals(List.of(), queue.waiting());
  }

  @Test
  void aQueueIsPausedWhileTheFileIsThere() throws IOException {
    assertEquals(Optional.empty(), queue.paused());
    Files.writeString(spool.place("website/paused"), "  until Monday\n");
    assertEquals(Optional.of("until Monday"), queue.paused());
    Files.write(spool.place("website/paused"), new byte[0]);
    assertEquals(Optional.of(""), queue.paused());
    spool.rm("website/paused");
    assertEquals(Optional.empty(), queue.paused());
  }

  @Test
  void aPauseThatCannotBeReadHoldsToo() throws IOException {
    Files.createDirectory(spool.place("website/paused"));
    assertEquals(Optional.of(""), queue.paused());

    spool
        .disk()
        .watch(operation -> {
          if (operation.path().endsWith("paused")) {
            throw new AccessDeniedException("paused");
          }
        });
    assertEquals(Optional.of(""), queue.paused());
  }

  @Test
  void aRunIsNotedAndForgotten() throws IOException {
    RunNote note = new RunNote(new EntryName("by hand, with spaces"), A, RunToken.random(), 2);
    queue.beginRun(new RunNote(ONE, B, RunToken.random(), 0));
    queue.beginRun(note);
    spool.restart();

    assertEquals(Optional.of(note), spool.queue().unfinishedRun());
    spool.queue().endRun();
    assertEquals(Optional.empty(), spool.queue().unfinishedRun());
    assertEquals(List.of(), spool.tree("tmp"));
  }

  @Test
  void aDamagedNoteIsNone() throws IOException {
    for (String text : List.of("x", "a b c d", "a b 1 " + ONE, "../x y z")) {
      Files.deleteIfExists(spool.state().runs().resolve("website"));
      Files.createSymbolicLink(spool.state().runs().resolve("website"), Path.of(text));
      assertEquals(Optional.empty(), queue.unfinishedRun(), text);

      Files.deleteIfExists(queue.retry(ONE));
      Files.createSymbolicLink(queue.retry(ONE), Path.of(text));
      assertEquals(Optional.empty(), queue.retryOf(ONE), text);
    }
  }

  @Test
  void lookingAtAQueueCreatesNothing() throws IOException {
    Queue elsewhere = Queue.at(spool.disk(), spool.state(), SpoolFixture.DOCS);

    assertEquals(List.of(), elsewhere.waiting());
    assertEquals(List.of(), elsewhere.failed());
    assertEquals(Optional.empty(), elsewhere.paused());
    assertEquals(new Queue.Sweep(List.of(), List.of(), List.of()), elsewhere.sweep());
    assertFalse(Files.exists(spool.place("docs")));
  }
}
