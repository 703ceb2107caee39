package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.ReleaseNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command sees of the embedded store, and of a server. */
class SqlHistoryTest {
  @TempDir Path directory;

  private Database.Embedded embedded() {
    return new Database.Embedded(directory.resolve("slipway.db"), true);
  }

  @Test
  void aStoreThatIsNotThereHoldsNothingAndIsNotMade() throws Exception {
    try (SqlHistory history = SqlHistory.of(embedded())) {
      assertEquals(List.of(), history.newest());
      assertEquals(Optional.empty(), history.live(LedgerContract.WEBSITE));
    }
    try (var files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void aStoreThatAppearsLaterIsSeen() throws Exception {
    try (SqlHistory history = SqlHistory.of(embedded())) {
      assertEquals(List.of(), history.newest());
      try (SqlLedger ledger = SqlLedger.open(embedded())) {
        var _ = ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1"));
        assertEquals(1, history.newest().size());
      }
    }
  }

  @Test
  void aStoreWithoutTablesHoldsNothingYet() throws Exception {
    Files.createFile(embedded().file());

    try (SqlHistory history = SqlHistory.of(embedded())) {
      assertEquals(List.of(), history.newest());
    }
  }

  @Test
  void whatTheDaemonHasJustWrittenIsSeenWhileItHoldsTheStore() throws Exception {
    try (SqlLedger ledger = SqlLedger.open(embedded());
        SqlHistory history = SqlHistory.of(embedded())) {
      ReleaseNumber first = ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1"));
      assertEquals(1, history.running("host-a").size());

      ledger.end(LedgerContract.ending(LedgerContract.WEBSITE, first, ReleaseState.SUCCEEDED));
      assertEquals(List.of(), history.running("host-a"));
      assertEquals(ledger.newest(), history.newest());
    }
  }

  @Test
  void whatADaemonThatHasEndedWroteIsSeen() throws Exception {
    try (SqlLedger ledger = SqlLedger.open(embedded())) {
      var _ = ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1"));
    }

    try (SqlHistory history = SqlHistory.of(embedded())) {
      assertEquals(1, history.newest().size());
    }
  }

  @Test
  void aStoreAtRestIsReadWithoutMakingAFileBesideIt() throws Exception {
    try (SqlLedger ledger = SqlLedger.open(embedded())) {
      var _ = ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1"));
    }

    try (var connection = DriverSource.forReadingAtRest(embedded().file()).getConnection();
        var statement = connection.createStatement();
        var results = statement.executeQuery("select count(*) from \"release\"")) {
      assertTrue(results.next());
      assertEquals(1, results.getInt(1));
    }
    try (var files = Files.list(directory)) {
      assertEquals(List.of(embedded().file()), files.toList());
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsSaidToBeDamaged() throws Exception {
    Files.writeString(embedded().file(), "this is no database ".repeat(100));

    try (SqlHistory history = SqlHistory.of(embedded())) {
      var said = assertThrows(LedgerUnavailable.class, history::newest);
      assertTrue(String.valueOf(said.getMessage()).contains("is damaged"), said.getMessage());
    }
  }

  @Test
  void aDirectoryInTheStoresPlaceIsNotTakenForNothing() throws Exception {
    Files.createDirectory(embedded().file());

    try (SqlHistory history = SqlHistory.of(embedded())) {
      assertThrows(LedgerUnavailable.class, history::newest);
    }
  }

  @Test
  void aServerThatWasNotMigratedSaysHowToMendIt() {
    try (SqlHistory history = SqlHistory.of(TestPostgres.freshDatabase())) {
      var said = assertThrows(LedgerUnavailable.class, history::newest);
      assertTrue(
          String.valueOf(said.getMessage()).contains("run `slipway migrate`"), said.getMessage());
    }
  }

  @Test
  void aServerIsReadAsTheDaemonWroteIt() throws Exception {
    Database database = TestPostgres.freshDatabase();
    try (SqlLedger ledger = SqlLedger.open(database);
        SqlHistory history = SqlHistory.of(database)) {
      ledger.record(
          List.of(LedgerContract.event("e1", Optional.of(LedgerContract.WEBSITE), "ignored")));
      var _ = ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e2"));

      var ids = List.of(LedgerContract.event("e1", Optional.empty(), "void").id());
      assertEquals(ledger.processed(ids), history.processed(ids));
      assertFalse(history.processed(ids).isEmpty());
      assertEquals(ledger.newest(), history.newest());
    }
  }
}
