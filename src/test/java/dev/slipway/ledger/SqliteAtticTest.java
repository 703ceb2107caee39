package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAtticTest extends AtticContract {
  @TempDir Path directory;
  private Database.Embedded database;
  private SqlLedger ledger;

  @BeforeEach
  void open() throws Exception {
    database = new Database.Embedded(directory.resolve("slipway.db"), true);
    ledger = SqlLedger.open(database);
  }

  @AfterEach
  void close() {
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

  private void run(String sql) throws Exception {
    try (var connection = DriverSource.forUse(database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Many events, each with an id of its own. */
  private void record(int count) throws Exception {
    run(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)"
                .formatted(count)
            + " insert into processed_event"
            + " (event_id, deployment, outcome, entry, processed_at, reason)"
            + " select lower(hex(randomblob(16))), 'website', 'ignored', 'x.json', i, 'because'"
            + " from n");
  }

  /** With all that the write-ahead log holds. */
  private long size() throws Exception {
    run("pragma wal_checkpoint(truncate)");
    return Files.size(database.file());
  }

  @Test
  void theOldEventsAreFoundByTheIndex() throws Exception {
    try (var connection = DriverSource.forUse(database).getConnection();
        var statement = connection.createStatement();
        var plan =
            statement.executeQuery(
                "explain query plan select event_id from processed_event where deployment = 'x'"
                    + " and processed_at < 1 and processed_at < (select processed_at from"
                    + " processed_event where deployment = 'x' order by processed_at desc limit 1"
                    + " offset 9) order by processed_at limit 5")) {
      StringBuilder all = new StringBuilder();
      while (plan.next()) {
        all.append(plan.getString("detail")).append('\n');
      }
      assertEquals(
          2, all.toString().split("INDEX processed_event_age", -1).length - 1, all::toString);
      assertTrue(!all.toString().contains("TEMP B-TREE"), all::toString);
    }
  }

  @Test
  void whatWasForgottenMakesRoomForWhatComes() throws Exception {
    record(20_000);
    long full = size();

    for (int times = 0; times < 3; times++) {
      while (attic().forgetEvents(LedgerContract.NOON, 1, 5_000) > 0) {
        // There are more.
      }
      record(20_000);
    }

    assertTrue(size() <= full * 5 / 4, "the file stays as large as it was");
  }

  @Test
  void theLogIsCutToItsLimitOnceAReaderIsGone() throws Exception {
    Path log = Path.of(database.file() + "-wal");
    try (var reader = DriverSource.forReading(database).getConnection();
        var statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("select count(*) from processed_event").close();
      while (Files.size(log) < 10 << 20) {
        record(40_000);
      }
    }

    record(1_000);
    record(1_000);

    assertTrue(Files.size(log) <= 8 << 20, () -> "the log has " + log.toFile().length() + " bytes");
  }
}
