package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long queue is listed only when it changes, and then at once. */
class LongQueueTest {
  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private final AtomicInteger listings = new AtomicInteger();
  private final List<EntryName> names = new ArrayList<>();
  private SpoolFixture spool;
  private Queue queue;
  private int ages;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    queue = spool.queue();
    for (int i = 1; i <= Queue.LONG; i++) {
      EntryName name = EntryName.at(i);
      spool.forward(name.value(), "e" + i);
      names.add(name);
    }
    spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.LIST) {
            listings.incrementAndGet();
          }
        });
    settle();
  }

  /** A while passes in which nothing changes, and is looked at. */
  private void settle() throws IOException {
    long before = ++ages;
    for (Path directory :
        List.of(spool.place("website"), spool.state().root().resolve("routed/website"))) {
      // The times of directories are coarse: in a test everything happens at once.
      Files.setLastModifiedTime(directory, FileTime.from(Instant.ofEpochSecond(before)));
    }
    for (int looks = 0; looks < 4; looks++) {
      assertEquals(names, queue.sweep().waiting());
    }
    listings.set(0);
  }

  @Test
  void whatNobodyTouchesIsNotListedAgain() throws Exception {
    Queue.Sweep sweep = queue.sweep();

    assertEquals(new Queue.Sweep(names, List.of(), List.of()), sweep);
    assertEquals(0, listings.get());
  }

  @Test
  void whatSomebodyDropsInIsSeenAtTheNextLook() throws Exception {
    EntryName dropped = spool.drop("website/0.json", SpoolFixture.push("by-hand"));

    assertEquals(List.of(dropped), queue.sweep().unmarked());
    assertEquals(List.of(dropped), queue.sweep().unmarked(), "for as long as it is not adopted");
  }

  @Test
  void whatSomebodyRemovesIsSeenAtTheNextLook() throws Exception {
    spool.rm("website/" + names.getFirst());

    assertEquals(
        List.of(new Queue.Vanished(names.getFirst(), new EventId("e1"))), queue.sweep().vanished());
  }

  @Test
  void whatIsForwardedIsSeenAtTheNextLook() throws Exception {
    EntryName next = EntryName.at(Queue.LONG + 1);
    spool.forward(next.value(), "next");
    names.add(next);

    assertEquals(names, queue.sweep().waiting());
  }

  @Test
  void whatIsMarkedByAnotherProcessAndRemovedIsSeenAtTheNextLook() throws Exception {
    EntryName failed = spool.drop("website/failed/7.json", SpoolFixture.push("given-up"));
    boolean dropped = spool.command().dropFailed(failed, Optional.of(new EventId("given-up")));

    assertTrue(dropped);
    assertEquals(
        List.of(new Queue.Vanished(failed, new EventId("given-up"))), queue.sweep().vanished());
  }
}
