package dev.slipway.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {
  @TempDir static Path directory;
  private static Database database;
  private static SqlLedger ledger;
  private static SqlLedger other;

  @BeforeAll
  static void open() throws Exception {
    database = new Database.Embedded(directory.resolve("slipway.db"), true);
    ledger = SqlLedger.open(database);
    other = SqlLedger.open(database);
  }

  @BeforeEach
  void empty() throws Exception {
    try (var connection = DriverSource.forUse(database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute("delete from processed_event");
      statement.execute("delete from \"release\"");
    }
  }

  @AfterAll
  static void close() {
    other.close();
    ledger.close();
  }

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Ledger ofAnotherHost() {
    return other;
  }
}
