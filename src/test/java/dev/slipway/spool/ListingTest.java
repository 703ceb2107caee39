package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  @TempDir private Path folder;
  private Path queue;
  private CrashingDisk disk;

  @BeforeEach
  void open() throws IOException {
    queue = Files.createDirectory(folder.resolve("queue"));
    disk = new CrashingDisk(folder.resolve("graveyard"));
  }

  private void publish(int... times) throws IOException {
    for (int time : times) {
      Files.createFile(queue.resolve(EntryName.at(time).value()));
    }
  }

  private static List<EntryName> names(int... times) {
    return java.util.Arrays.stream(times).mapToObj(EntryName::at).toList();
  }

  @Test
  void whatWaitsIsInOrder() throws IOException {
    publish(3, 1, 2);

    assertEquals(names(1, 2, 3), Listing.of(disk, queue).settled());
  }

  @Test
  void ofADirectoryThatIsMissingNothingWaits() throws IOException {
    assertEquals(List.of(), Listing.of(disk, queue.resolve("missing")).names());
  }

  @Test
  void whatTheFirstLookDidNotShowIsLeftForTheNextTime() throws IOException {
    publish(1, 2);
    AtomicInteger looks = new AtomicInteger();
    disk.watch(operation -> {
      if (operation.act() == Act.LIST && looks.incrementAndGet() == 2) {
        publish(3, 4);
      }
    });

    Listing listing = Listing.of(disk, queue);

    assertEquals(names(1, 2), listing.settled());
    assertEquals(names(1, 2, 3, 4), listing.names());
  }

  @Test
  void aLookThatMissesTheEarlierOfTwoIsNotBelieved() throws IOException {
    publish(1, 5);
    AtomicInteger looks = new AtomicInteger();
    disk.watch(operation -> {
      switch (operation.act() == Act.LIST ? looks.incrementAndGet() : 0) {
        // The first look comes too early for 4 in one part of the directory, but shows 5.
        case 1 -> Files.delete(queue.resolve(EntryName.at(1).value()));
        case 2 -> publish(4);
        default -> {}
      }
    });

    assertEquals(names(4, 5), Listing.of(disk, queue).settled());
    assertEquals(3, looks.get(), "the second look showed that the first was not to be believed");
  }

  @Test
  void whatWasWorkedOffBetweenTheLooksIsNotMissed() throws IOException {
    publish(1, 2, 3);
    AtomicInteger looks = new AtomicInteger();
    disk.watch(operation -> {
      if (operation.act() == Act.LIST && looks.incrementAndGet() == 2) {
        Files.delete(queue.resolve(EntryName.at(1).value()));
        Files.delete(queue.resolve(EntryName.at(3).value()));
      }
    });

    assertEquals(names(2), Listing.of(disk, queue).settled());
  }

  @Test
  void onlyEntriesAreListed() throws IOException {
    publish(1);
    for (String name : List.of(".hidden", "paused", "a.reason", "a.cancel", "by-hand")) {
      Files.createFile(queue.resolve(name));
    }
    Files.createDirectory(queue.resolve("active"));

    assertEquals(
        List.of(EntryName.at(1), new EntryName("by-hand")), Listing.of(disk, queue).settled());
  }
}
