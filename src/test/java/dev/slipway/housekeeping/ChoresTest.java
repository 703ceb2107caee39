package dev.slipway.housekeeping;

import static dev.slipway.spool.SpoolFixture.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk.Act;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoresTest {
  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private House house;

  @BeforeEach
  void open() throws IOException {
    house = new House(folder);
  }

  private void logs(int from, int to, int daysAgo) throws IOException {
    for (int number = from; number <= to; number++) {
      house.file("logs/website/" + number + ".ndjson", daysAgo);
    }
  }

  private boolean isThere(String below) {
    return Files.exists(house.spool.state().root().resolve(below));
  }

  @Test
  void ofAnEmptyStateDirectoryNothingGoes() throws Exception {
    assertTrue(house.round() > 0);
    assertEquals(List.of(), house.ledger.everything());
  }

  @Test
  void oldLogsGoButTheNewestAndThoseOfReleasesThatAreNeeded() throws Exception {
    ReleaseNumber live = house.released(ReleaseState.SUCCEEDED, 400);
    ReleaseNumber running = house.opened(300);
    house.trees.add(new ReleaseNumber(3));
    logs(1, 230, 100);
    house.file("logs/website/notes.txt", 100);
    house.file("releases/website/4.json", 100);

    house.round();

    assertEquals(1, live.value());
    assertEquals(2, running.value());
    for (int number : List.of(1, 2, 3, 31, 230)) {
      assertTrue(isThere("logs/website/" + number + ".ndjson"), () -> "log " + number);
    }
    for (int number : List.of(4, 5, 30)) {
      assertFalse(isThere("logs/website/" + number + ".ndjson"), () -> "log " + number);
    }
    assertTrue(isThere("logs/website/notes.txt"), "somebody else's");
    assertTrue(isThere("releases/website/4.json"), "among the newest of its kind");
  }

  @Test
  void ofVeryManyLogsOnlyAPartGoesAtATime() throws Exception {
    logs(1, 200 + 2 * Chore.SOME + 10, 100);
    Chore chore =
        new OldFiles(house.premises(), WEBSITE, "logs", house.spool.state().logs(WEBSITE));

    assertEquals(Chore.SOME, chore.clear(house.spool.clock().instant()));
    assertEquals(Chore.SOME, chore.clear(house.spool.clock().instant()));
    assertEquals(10, chore.clear(house.spool.clock().instant()));
    assertEquals(0, chore.clear(house.spool.clock().instant()));
  }

  @Test
  void whereLogsHaveTooManyBytesTheOldestOfAllGo() throws Exception {
    house.released(ReleaseState.SUCCEEDED, 9);
    logs(1, 5, 9);
    house.file("logs/docs/7.ndjson", 8);
    house.file("logs/docs/8.ndjson", 7);
    house.aged(house.spool.state().logs(WEBSITE).resolve("5.ndjson"), 60);
    long each = "some text\n".length();

    int removed =
        new BigLogs(house.premises(), new ByteSize(3 * each)).clear(house.spool.clock().instant());

    assertEquals(4, removed);
    assertEquals(List.of("1.ndjson", "5.ndjson"), house.spool.tree("logs/website"));
    assertEquals(List.of("8.ndjson"), house.spool.tree("logs/docs"));
  }

  @Test
  void aLogThatCannotBeRemovedKeepsNoOther() throws Exception {
    logs(1, 203, 100);
    house.spool.disk().refuse(Act.DELETE, "/1.ndjson");

    assertThrows(IOException.class, () -> house.round());

    assertTrue(isThere("logs/website/1.ndjson"));
    assertFalse(isThere("logs/website/2.ndjson"));
    assertFalse(isThere("logs/website/3.ndjson"));
  }

  @Test
  void whatWasGivenUpLongAgoIsRecordedAsCancelledAndRemoved() throws Exception {
    house.failed("1.json", "old", 93);
    house.failed("2.json", "young", 20);

    house.round();

    assertEquals(List.of("2.json", "2.json.reason"), house.failedFiles());
    assertEquals(
        "cancelled: given up 93 days ago, removed by housekeeping",
        house.record("old").map(it -> it.outcome() + ": " + it.reason()).orElse("nothing"));
    assertEquals(Optional.empty(), house.record("young"));
  }

  @Test
  void aFailedEntryThatIsNoEventGoesWithoutARecord() throws Exception {
    house.file("queues/website/failed/1.json", 93);

    house.round();

    assertEquals(List.of(), house.failedFiles());
    assertEquals(List.of(), house.ledger.everything());
  }

  @Test
  void aFailedEntryWhoseEventWaitsAgainGoesWithoutARecord() throws Exception {
    house.failed("1.json", "again", 93);
    house.spool.forward(EntryName.at(5).value(), "again");

    house.round();

    assertEquals(List.of(), house.failedFiles());
    assertEquals(List.of(), house.ledger.everything());
  }

  @Test
  void whileTheRecordStoreIsAwayNothingThatWasGivenUpIsLost() throws Exception {
    house.failed("1.json", "old", 93);
    house.ledger.unavailable(true);
    Chore chore = new OldFailures(house.premises(), WEBSITE);
    assertThrows(LedgerUnavailable.class, () -> chore.clear(house.spool.clock().instant()));

    house.ledger.unavailable(false);
    house.round();

    assertEquals(List.of(), house.failedFiles());
    assertEquals("cancelled", house.record("old").orElseThrow().outcome());
  }

  @Test
  void whatIsNoEventGoesAfterAWhileWithItsReason() throws Exception {
    house.file("queues/dispatcher/corrupt/1.json", 100);
    house.file("queues/dispatcher/corrupt/1.json.reason", 93);
    house.file("queues/dispatcher/corrupt/2.json", 100);
    house.file("queues/dispatcher/corrupt/2.json.reason", 20);
    house.file("queues/dispatcher/corrupt/3.json.reason", 2);

    house.round();

    assertEquals(List.of("2.json", "2.json.reason"), house.spool.tree("queues/dispatcher/corrupt"));
  }

  @Test
  void whatACrashLeftLyingAboutGoesAfterADay() throws Exception {
    house.spool.disk().createDirectories(house.spool.state().root().resolve("tmp"));
    house.file("tmp/0b6c1f6e", 2);
    house.file("tmp/1c7d2a7f", 0);
    house.file("tmp/inbox-3/17", 2);
    house.file("tmp/names", 2);
    house.file("retries/website/1.json", 2);
    house.file("retries/website/2.json", 2);
    house.file("queues/website/2.json", 2);
    house.file("queues/website/failed/9.json.reason", 2);
    house.file("submitted/gone", 2);
    house.file("submitted/website", 2);

    house.round();

    assertEquals(List.of("1c7d2a7f", "names"), house.spool.tree("tmp"));
    assertEquals(List.of("2.json"), house.spool.tree("retries/website"));
    assertEquals(List.of(), house.failedFiles());
    assertEquals(List.of("website"), house.spool.tree("submitted"));
  }

  @Test
  void recordsGoByAgeButNotTheNewest() throws Exception {
    for (int i = 0; i < Keep.RELEASES + 5; i++) {
      house.released(ReleaseState.FAILED, i < 3 ? 500 : 20);
    }

    house.round();

    assertEquals(
        Optional.empty(), house.ledger.release(WEBSITE, new ReleaseNumber(3)), "old and many");
    assertTrue(house.ledger.release(WEBSITE, new ReleaseNumber(4)).isPresent(), "young");
  }

  @Test
  void releasesWhoseTreesAreKeptStayOnRecord() throws Exception {
    for (int i = 0; i < Keep.RELEASES + 5; i++) {
      house.released(ReleaseState.FAILED, 500);
    }
    house.trees.add(new ReleaseNumber(2));

    house.round();

    assertEquals(Optional.empty(), house.ledger.release(WEBSITE, new ReleaseNumber(1)));
    assertTrue(house.ledger.release(WEBSITE, new ReleaseNumber(2)).isPresent());
  }

  @Test
  void aRedeliveryThatGitHubStillOffersFindsItsEventOnRecord() throws Exception {
    EntryName name = EntryName.at(1);
    for (int i = 0; i < Keep.EVENTS + 2; i++) {
      house.ledger.record(
          List.of(
              new ProcessedEvent(
                  new EventId("e" + i),
                  Optional.of(WEBSITE),
                  "deployed",
                  name,
                  house.spool.clock().instant().minus(Duration.ofDays(i == 0 ? 91 : 8)),
                  "release 1",
                  Optional.empty())));
    }

    house.round();

    assertEquals(Optional.empty(), house.record("e0"));
    assertTrue(house.record("e1").isPresent());
  }

  @Test
  void anOperatorWhoRetriesAtTheSameMomentHasTheEntryOrTheRecordNotBoth() throws Exception {
    house.failed("1.json", "old", 93);
    house
        .spool
        .disk()
        .watch(operation -> {
          if (operation.act() == Act.MOVE && operation.path().toString().endsWith(".removed")) {
            house.spool.mv("website/failed/1.json", "website/1.json");
          }
        });

    house.round();

    assertEquals(List.of(), house.ledger.everything());
    assertTrue(Files.exists(house.spool.place("website/1.json")));
    assertEquals(SpoolFixture.push("old").length, Files.size(house.spool.place("website/1.json")));
  }
}
