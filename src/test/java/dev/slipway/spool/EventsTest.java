package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.MemoryFolder;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private SpoolFixture spool;
  private Events events;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    events = new Events(spool.disk(), spool.state());
  }

  private EntryName keep(String name, byte[] content) throws IOException {
    EntryName entry = spool.drop("dispatcher/" + name, content);
    events.keep(entry);
    return entry;
  }

  private List<String> kept() {
    return spool.tree("events");
  }

  @Test
  void anEventThatWasRoutedIsKeptAndLeavesTheDispatcher() throws IOException {
    keep("a.json", new byte[1]);

    assertEquals(List.of("a.json"), kept());
    assertEquals(List.of(), spool.tree("queues/dispatcher"));
  }

  @Test
  void aTakenNameGetsANumberBehindIt() throws IOException {
    keep("a.json", new byte[1]);
    keep("a.json", new byte[2]);
    keep("a.json", new byte[3]);

    assertEquals(List.of("a.json", "a.json.1", "a.json.2"), kept());
  }

  @Test
  void anEventThatIsKeptAlreadyLeavesTheDispatcherAllTheSame() throws IOException {
    EntryName entry = keep("a.json", new byte[1]);
    Files.createLink(spool.place("dispatcher/a.json"), spool.state().events().resolve("a.json"));

    events.keep(entry);

    assertEquals(List.of("a.json"), kept());
    assertEquals(List.of(), spool.tree("queues/dispatcher"));
  }

  @Test
  void anEventThatSomebodyRemovedIsNoFailure() throws IOException {
    events.keep(EntryName.at(1));

    assertEquals(List.of(), kept());
  }

  @Test
  void eventsAreKeptForSevenDays() throws IOException {
    for (int day = 0; day <= 8; day++) {
      keep("of-day-" + day, new byte[1]);
      Files.setLastModifiedTime(
          spool.state().events().resolve("of-day-" + day),
          FileTime.from(spool.clock().instant().plus(Duration.ofDays(day))));
    }
    spool.clock().pass(Duration.ofDays(8));

    assertEquals(1, events.prune(spool.clock().instant()));
    assertEquals("of-day-1", kept().getFirst());
    assertEquals(0, events.prune(spool.clock().instant()));
  }

  @Test
  void atMostTenThousandAreKeptTheNewest() throws IOException {
    for (int i = 0; i < Events.COUNT; i++) {
      Files.createFile(spool.state().events().resolve(EntryName.at(i).value()));
    }

    keep(EntryName.at(Events.COUNT).value(), new byte[1]);
    keep(EntryName.at(Events.COUNT + 1).value(), new byte[1]);

    assertEquals(Events.COUNT, kept().size());
    assertEquals(EntryName.at(2).value(), kept().getFirst());
  }

  @Test
  void aFolderIsNobodysEvent() throws IOException {
    Path own = Files.createDirectories(spool.state().events().resolve(EntryName.at(1) + "/deeper"));
    spool.clock().step(Duration.ofDays(10_000));

    assertEquals(0, events.prune(spool.clock().instant()));
    assertTrue(Files.exists(own));
  }
}
