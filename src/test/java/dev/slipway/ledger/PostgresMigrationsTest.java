package dev.slipway.ledger;

class PostgresMigrationsTest extends MigrationsContract {
  private final Database.Server database = TestPostgres.freshDatabase();

  @Override
  Database database() {
    return database;
  }
}
