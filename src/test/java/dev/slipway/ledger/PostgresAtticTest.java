package dev.slipway.ledger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresAtticTest extends AtticContract {
  private static Database database;
  private static SqlLedger ledger;

  @BeforeAll
  static void open() throws Exception {
    database = TestPostgres.freshDatabase();
    ledger = SqlLedger.open(database);
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
    ledger.close();
  }

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Attic attic() {
    return ledger.attic();
  }
}
