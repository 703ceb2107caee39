package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final EntryName ONE = EntryName.at(1);

  @TempDir private Path folder;
  private SpoolFixture spool;

  @BeforeEach
  void open() throws IOException {
    spool = new SpoolFixture(folder).prepared();
  }

  private Spool.Reading read(EntryName name) throws IOException {
    return spool.spool().read(spool.spool().unrouted(name));
  }

  private static Spool.Reading unreadable(String reason) {
    return new Spool.Reading.Unreadable(reason);
  }

  @Test
  void whatWaitsForTheDispatcherIsInOrder() throws IOException {
    for (String name : List.of("9999999999999999999.json", "b", "1763706000123456789.json", "a")) {
      spool.drop("dispatcher/" + name, new byte[1]);
    }
    Files.createDirectory(spool.place("dispatcher/folder"));

    List<String> names = List.of("1763706000123456789.json", "9999999999999999999.json", "a", "b");
    assertEquals(names, spool.spool().unrouted().stream().map(EntryName::value).toList());
    assertEquals(names, spool.spool().routable().stream().map(EntryName::value).toList());
  }

  @Test
  void whatCannotBeAnEntryIsUnreadableForGood() throws IOException {
    EntryName torn = spool.drop("dispatcher/torn", new byte[] {'{'});
    assertEquals(unreadable("it is not JSON at line 1, column 2"), read(torn));

    spool.drop("website/target", SpoolFixture.push("a"));
    Files.createSymbolicLink(spool.place("dispatcher/link"), spool.place("website/target"));
    assertEquals(unreadable("it is not a regular file"), read(new EntryName("link")));

    Files.createDirectory(spool.place("dispatcher/" + ONE));
    assertEquals(unreadable("it is not a regular file"), read(ONE));

    assertEquals(new Spool.Reading.Gone(), read(new EntryName("nothing")));
  }

  @Test
  void aHugeEntryIsNotReadAtAll() throws IOException {
    EntryName huge = spool.drop("dispatcher/huge", new byte[1]);
    try (var file = new java.io.RandomAccessFile(spool.place("dispatcher/huge").toFile(), "rw")) {
      file.setLength((64L << 20) + 1);
    }

    assertEquals(unreadable("it has 67108865 bytes, more than 67108864 are read"), read(huge));
  }

  @Test
  void whatThisUserMayNotReadIsUnreadableAndAPassingFaultIsNot() throws IOException {
    spool.drop("dispatcher/" + ONE, SpoolFixture.push("a"));
    spool
        .disk()
        .watch(operation -> {
          throw new AccessDeniedException(operation.path().toString());
        });
    assertEquals(unreadable("it cannot be read, permission denied"), read(ONE));

    spool
        .disk()
        .watch(operation -> {
          throw new FileSystemException(ONE.value(), null, "Too many open files");
        });
    assertThrows(IOException.class, () -> read(ONE));
  }

  @Test
  void whatIsNoEventIsSetAsideWithItsReason() throws IOException {
    spool.drop("dispatcher/corrupt/" + ONE, new byte[1]);
    spool.drop("dispatcher/" + ONE, new byte[2]);

    assertEquals(Optional.of(ONE.taken(1)), spool.spool().setAside(ONE, "It is torn."));

    assertEquals(
        List.of("corrupt/" + ONE, "corrupt/" + ONE + ".1", "corrupt/" + ONE + ".1.reason"),
        spool.tree("queues/dispatcher"));
    assertEquals(
        "It is torn.\n", Files.readString(spool.place("dispatcher/corrupt/" + ONE + ".1.reason")));
  }

  @Test
  void aFolderWithTheNameOfAnEntryIsSetAsideToo() throws IOException {
    Files.createDirectories(spool.place("dispatcher/" + ONE + "/deeper"));

    assertEquals(Optional.of(ONE), spool.spool().setAside(ONE, "It is a folder."));

    assertEquals(List.of(), spool.spool().unrouted());
  }

  @Test
  void whatSomebodyRemovedMeanwhileLeavesNoReasonBehind() throws IOException {
    assertEquals(Optional.empty(), spool.spool().setAside(ONE, "It is torn."));

    assertEquals(List.of(), spool.tree("queues/dispatcher"));
  }

  @Test
  void aReasonThatCannotBeWrittenLeavesTheEntryWhereItIs() throws IOException {
    spool.drop("dispatcher/" + ONE, new byte[2]);
    spool.disk().refuse(Act.REPLACE, ".reason");

    assertThrows(IOException.class, () -> spool.spool().setAside(ONE, "It is torn."));

    assertEquals(List.of(ONE.value()), spool.tree("queues/dispatcher"));
  }

  @Test
  void aQueueIsOpenedOnceForAllWhoAsk() throws IOException {
    assertSame(spool.spool().queue(SpoolFixture.DOCS), spool.spool().queue(SpoolFixture.DOCS));
  }

  @Test
  void everyQueueThatLiesThereIsKnownConfiguredOrNot() throws IOException {
    spool.spool().queue(SpoolFixture.DOCS);
    Files.createDirectory(spool.place("Not a Slug"));
    Files.createFile(spool.place("a-file"));

    assertEquals(List.of(SpoolFixture.DOCS, SpoolFixture.WEBSITE), spool.spool().known());
    assertEquals(List.of(), new Spool(spool.disk(), new StateDirectory(folder)).known());
  }
}
