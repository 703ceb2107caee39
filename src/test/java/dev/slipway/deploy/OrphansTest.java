package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.vocabulary.EntryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Queues that nobody works for while the daemon runs. */
class OrphansTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  private Yard yard;
  private Orphans orphans;

  @BeforeEach
  void begin() throws Exception {
    yard = new Yard(root);
    orphans = new Orphans(yard.workshop);
  }

  private void look() throws Exception {
    Duration _ = orphans.sweep(List.of());
  }

  private void rm(EntryName name) throws Exception {
    Files.delete(yard.queue().place(name));
  }

  @Test
  void whatAnOperatorRemovesThereIsRecordedAsCancelled() throws Exception {
    EntryName first = yard.deliver("e-1", 1);
    EntryName second = yard.deliver("e-2", 2);
    look();
    rm(first);
    look();
    assertEquals("cancelled", yard.outcome("e-1"));
    assertEquals("none", yard.outcome("e-2"));
    assertEquals(List.of(second), yard.waiting());
    assertFalse(yard.queue().isPending(Yard.id("e-1")));
  }

  @Test
  void alsoWhatHePutThereHimself() throws Exception {
    EntryName dropped = yard.drop("by-hand", Yard.push("e-1", 1));
    yard.drop("rubbish", new byte[] {1});
    look();
    look();
    rm(dropped);
    look();
    assertEquals("cancelled", yard.outcome("e-1"));
  }

  @Test
  void thoseThatAreWorkedForAreLeftToTheirWorkers() throws Exception {
    EntryName first = yard.deliver("e-1", 1);
    look();
    rm(first);
    Duration _ = orphans.sweep(List.of(Yard.WEBSITE));
    assertEquals("none", yard.outcome("e-1"));
    assertTrue(yard.queue().isPending(Yard.id("e-1")));
  }

  @Test
  void whatAWorkerDidSinceIsNotTakenForARemoval() throws Exception {
    yard.deliver("e-1", 1);
    look();
    Yard.work(yard.worker());
    assertEquals("deployed", yard.outcome("e-1"));
    Logger logger = (Logger) LoggerFactory.getLogger(Orphans.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    look();
    look();
    logger.detachAppender(lines);
    assertEquals(List.of(), lines.list);
    assertEquals("deployed", yard.outcome("e-1"));
  }

  @Test
  void whileAWorkerThatLeavesHasTheLockNothingIsSaid() throws Exception {
    EntryName first = yard.deliver("e-1", 1);
    look();
    rm(first);
    try (Leases held =
        Leases.tryAcquire(yard.workshop.locks(), Yard.WEBSITE, List.of()).orElseThrow()) {
      look();
      assertEquals("none", yard.outcome("e-1"));
    }
    look();
    assertEquals("cancelled", yard.outcome("e-1"));
  }
}
