package dev.slipway.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresLedgerTest extends LedgerContract {
  private static Database database;
  private static SqlLedger ledger;
  private static SqlLedger other;

  @BeforeAll
  static void open() throws Exception {
    database = TestPostgres.freshDatabase();
    ledger = SqlLedger.open(database);
    other = SqlLedger.open(database);
  }

  @BeforeEach
  void empty() throws Exception {
    try (var connection = DriverSource.forUse(database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute("truncate processed_event, \"release\"");
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
