package dev.slipway.housekeeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.CrashingDisk.PowerLoss;
import dev.slipway.disk.MemoryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Housekeeping ends at every one of its operations on the disk, and goes on in the next life. */
class CrashTest {
  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private House house(String name) throws Exception {
    House house = new House(Files.createDirectories(folder.resolve(name)));
    house.failed("1.json", "one", 93);
    house.failed("2.json", "two", 92);
    house.failed("3.json", "kept", 20);
    house.file("queues/dispatcher/corrupt/1.json", 93);
    house.file("queues/dispatcher/corrupt/1.json.reason", 93);
    for (int number = 1; number <= 203; number++) {
      house.file("logs/website/" + number + ".ndjson", 100);
    }
    house.file("tmp/half-written", 3);
    house.spool.restart();
    return house;
  }

  @ParameterizedTest
  @EnumSource
  void nothingEndsWithoutARecordAndNothingIsLeftLying(PowerLoss loss) throws Exception {
    House whole = house("whole");
    whole.round();
    int operations = whole.spool.disk().changes().size();
    assertTrue(operations > 10, () -> "only " + operations);

    for (int at = 0; at < operations; at++) {
      House house = house(loss + "-" + at);
      house.spool.disk().crashAt(at);
      try {
        house.round();
      } catch (CrashingDisk.Crash crash) {
        house.spool.disk().losePower(loss);
      }
      requireKeptOrRecorded(house, "1.json", "one");
      requireKeptOrRecorded(house, "2.json", "two");

      house.spool.restart();
      house.round();

      String where = "after a crash at " + at;
      assertEquals(List.of("3.json", "3.json.reason"), house.failedFiles(), where);
      assertEquals("cancelled", house.record("one").orElseThrow().outcome(), where);
      assertEquals("cancelled", house.record("two").orElseThrow().outcome(), where);
      assertEquals(2, house.ledger.everything().size(), where);
      assertEquals(200, house.spool.tree("logs/website").size(), where);
      assertEquals(List.of(), house.spool.tree("tmp"), where);
    }
  }

  /** What is on record as cancelled must not seem to wait for an operator's decision. */
  private static void requireKeptOrRecorded(House house, String name, String id) {
    boolean recorded = house.record(id).isPresent();
    assertTrue(
        recorded || house.failedFiles().stream().anyMatch(file -> file.contains(name)),
        () -> id + " is gone without a record");
    assertFalse(
        recorded && house.failedFiles().contains(name), () -> id + " is recorded and failed");
  }
}
