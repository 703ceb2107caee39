package dev.slipway.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a command: opened when it is first needed, kept until the command ends or it
 * breaks, and for reading alone. An embedded store that is not there yet is not created, and one
 * that this user may only read is read all the same.
 */
final class OneConnection implements Connections {
  private final Database database;
  private @Nullable Connection open;

  OneConnection(Database database) {
    this.database = database;
  }

  @Override
  public synchronized <T> Optional<T> on(Work<T> work) throws LedgerUnavailable {
    try {
      Connection connection = open == null ? connect() : open;
      open = connection;
      return Optional.of(work.with(connection));
    } catch (SQLException failed) {
      close();
      if (isAbsent(failed)) {
        return Optional.empty();
      }
      throw Diagnosis.outage(database, failed);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = DriverSource.forReading(database).getConnection();
    if (!(database instanceof Database.Embedded embedded)) {
      return connection;
    }
    try (var probe = connection.createStatement()) {
      // SQLite looks at the file only now.
      probe.execute("select 1 from sqlite_master");
      return connection;
    } catch (SQLException failed) {
      connection.close();
      // Where nobody writes and this user may not make the files that readers share, the file
      // itself is whole and can be read without them.
      if (isThere(embedded.file()) && !isThere(Path.of(embedded.file() + "-wal"))) {
        return DriverSource.forReadingAtRest(embedded.file()).getConnection();
      }
      throw failed;
    }
  }

  /** Whether the daemon has not made the embedded store yet, or not its tables. */
  private boolean isAbsent(SQLException failed) {
    return database instanceof Database.Embedded embedded
        && (String.valueOf(failed.getMessage()).contains("no such table")
            || !isThere(embedded.file()));
  }

  /** Unlike a check that answers no to every doubt, this takes a file that is not shown for one. */
  private static boolean isThere(Path file) {
    try {
      var _ = file.toRealPath();
      return true;
    } catch (NoSuchFileException absent) {
      return false;
    } catch (IOException hidden) {
      return true;
    }
  }

  @Override
  public synchronized void close() {
    Connection old = open;
    open = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException _) {
        // It was given up already.
      }
    }
  }
}
