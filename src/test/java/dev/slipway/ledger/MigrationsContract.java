package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What migrating promises, on both databases. */
abstract class MigrationsContract {
  /** Where nothing has been migrated yet; the same for all of one test. */
  abstract Database database();

  private void run(String sql) throws SQLException {
    try (var connection = DriverSource.forUse(database()).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> columns(String table) throws SQLException {
    try (var connection = DriverSource.forUse(database()).getConnection();
        var statement = connection.createStatement();
        var results = statement.executeQuery("select * from \"" + table + "\"")) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
        columns.add(results.getMetaData().getColumnName(i));
      }
      return columns;
    }
  }

  @Test
  void whatIsAppliedIsAppliedOnce() throws Exception {
    assertEquals(
        List.of(
            new Migrations.Applied("1", "processed events and releases"),
            new Migrations.Applied("2", "commits of processed events"),
            new Migrations.Applied("3", "age of processed events")),
        Migrations.migrate(database()));
    assertEquals(List.of(), Migrations.migrate(database()));
  }

  @Test
  void theTablesHaveTheColumnsThatOthersRead() throws Exception {
    var _ = Migrations.migrate(database());

    assertEquals(
        List.of(
            "event_id", "deployment", "outcome", "entry", "processed_at", "reason", "commit_sha"),
        columns("processed_event"));
    assertEquals(
        List.of(
            "deployment",
            "version",
            "commit_sha",
            "ref",
            "event_id",
            "trigger",
            "host",
            "state",
            "started_at",
            "finished_at",
            "reason"),
        columns("release"));
  }

  @Test
  void theSchemaRefusesWhatNoLedgerWrites() throws Exception {
    var _ = Migrations.migrate(database());
    String release =
        "insert into \"release\" values ('website', %d, null, 'refs/heads/main', 'e1', 'webhook',"
            + " 'host-a', '%s', current_timestamp, %s, null)";

    assertDoesNotThrow(() -> run(release.formatted(1, "running", "null")));
    assertThrows(SQLException.class, () -> run(release.formatted(1, "running", "null")));
    assertThrows(SQLException.class, () -> run(release.formatted(0, "running", "null")));
    assertThrows(SQLException.class, () -> run(release.formatted(2, "asleep", "null")));
    assertThrows(SQLException.class, () -> run(release.formatted(2, "failed", "null")));
    assertThrows(
        SQLException.class, () -> run(release.formatted(2, "running", "current_timestamp")));
    assertThrows(
        SQLException.class,
        () ->
            run(
                "insert into processed_event values ('e', 'w', 'lost', 'x', current_timestamp,"
                    + " '', null)"));
  }

  @Test
  void severalWhoMigrateAtOnceApplyItOnceBetweenThem() throws Exception {
    Callable<List<Migrations.Applied>> one = () -> Migrations.migrate(database());
    int applied = 0;
    // Not virtual ones: SQLite waits for its writer inside the thread's carrier.
    try (var threads = Executors.newCachedThreadPool()) {
      for (var result : threads.invokeAll(List.of(one, one, one))) {
        applied += result.get().size();
      }
    }

    assertEquals(3, applied);
    assertEquals(List.of(), Migrations.migrate(database()));
  }

  @Test
  void aSchemaThatIsMissingIsAFaultWithItsMend() {
    var fault = assertThrows(SchemaFault.class, () -> Migrations.check(database()));

    assertTrue(String.valueOf(fault.getMessage()).contains("run `slipway migrate`"));
  }

  @Test
  void aSchemaThatIsThereNeedsNothing() throws Exception {
    var _ = Migrations.migrate(database());

    assertDoesNotThrow(() -> Migrations.check(database()));
  }

  @Test
  void aMigrationThatWasEditedAfterwardsIsAFault() throws Exception {
    var _ = Migrations.migrate(database());
    run("update flyway_schema_history set checksum = 1");

    var fault = assertThrows(SchemaFault.class, () -> Migrations.migrate(database()));

    assertTrue(String.valueOf(fault.getMessage()).contains("checksum"), fault.getMessage());
  }

  @Test
  void aDatabaseThatHoldsTablesOfOthersIsAFaultAndLeftAlone() throws Exception {
    run("create table \"release\" (song varchar(63))");

    var fault = assertThrows(SchemaFault.class, () -> Migrations.migrate(database()));

    assertTrue(String.valueOf(fault.getMessage()).contains("non-empty schema"), fault.getMessage());
    assertEquals(List.of("song"), columns("release"));
  }

  @Test
  void aSchemaOfANewerProgramIsTakenAsItIs() throws Exception {
    var _ = Migrations.migrate(database());
    run(
        "insert into flyway_schema_history select 99, '99', 'of the future', type, 'V99__x.sql', 5,"
            + " installed_by, installed_on, 1, success from flyway_schema_history"
            + " where installed_rank = 1");

    assertEquals(List.of(), Migrations.migrate(database()));
    assertDoesNotThrow(() -> Migrations.check(database()));
  }
}
