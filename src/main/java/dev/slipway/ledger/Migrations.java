package dev.slipway.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Brings the record store's schema to the newest version with Flyway, from the files in {@code
 * migrations/}, which the build puts on the class path. The flyway command line and its Maven
 * plugin do the same with the same files and the same history table, {@code flyway_schema_history}.
 * A schema newer than this program is taken as it is.
 */
public final class Migrations {
  private static final String FILES = "classpath:migrations";

  private Migrations() {}

  /** A migration that was applied: the version and description of its file's name. */
  public record Applied(String version, String description) {}

  /**
   * Applies what has not been applied yet, in order; safe beside another process that does the
   * same.
   *
   * @return what was applied, oldest first; empty when the schema was up to date
   */
  public static List<Applied> migrate(Database database) throws LedgerUnavailable, SchemaFault {
    Flyway flyway = flyway(database);
    try {
      return flyway.migrate().migrations.stream()
          .map(done -> new Applied(done.version, done.description))
          .toList();
    } catch (FlywayException failed) {
      throw fault(database, failed);
    }
  }

  /** Whether the schema is at least what this program needs; changes nothing. */
  public static void check(Database database) throws LedgerUnavailable, SchemaFault {
    Flyway flyway = flyway(database);
    MigrationInfo[] pending;
    try {
      pending = flyway.info().pending();
    } catch (FlywayException failed) {
      throw fault(database, failed);
    }
    if (pending.length > 0) {
      String needed =
          Stream.of(pending).map(info -> String.valueOf(info.getVersion())).toList().getLast();
      throw new SchemaFault(
          "the record store ("
              + database.place()
              + ") is not at version "
              + needed
              + " of the schema, which this program needs: run `slipway migrate`");
    }
  }

  private static Flyway flyway(Database database) throws LedgerUnavailable {
    DriverSource source = DriverSource.forMigration(database);
    // Asked first: Flyway's own words for a server that does not answer fill a page.
    try (Connection connection = source.getConnection();
        var probe = connection.createStatement()) {
      probe.execute("select 1");
    } catch (SQLException unreachable) {
      throw Diagnosis.outage(database, unreachable);
    }
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .locations(FILES)
        .failOnMissingLocations(true)
        .loggers("slf4j")
        .load();
  }

  /** A lost connection is an outage; all else is about the schema. */
  private static SchemaFault fault(Database database, FlywayException failed)
      throws LedgerUnavailable {
    Optional<SQLException> error = Diagnosis.sqlError(failed);
    if (error.isPresent() && Diagnosis.isUnreachable(database, error.get())) {
      throw Diagnosis.outage(database, error.get());
    }
    String reason = String.valueOf(failed.getMessage()).strip().replaceAll("\\s+", " ");
    return new SchemaFault(
        "the schema of the record store ("
            + database.place()
            + ") cannot be brought to the newest version: "
            + reason,
        failed);
  }
}
