package dev.slipway.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The daemon's connections, at most {@value #SERVER_CONNECTIONS}. After an error none that was open
 * before is used again, and until the store has answered once more the callers ask it directly: so
 * an outage is told at once while it lasts, and is over with the first call after it; the pool by
 * itself would let each caller wait, and go on failing for seconds. SQLite has one writer anyhow,
 * so it gets one connection: threads then wait for each other here, where a virtual thread gives up
 * its carrier, and not inside SQLite, where all carriers together could wait for a thread that none
 * of them is left to run.
 */
final class Pool implements Connections {
  private static final int SERVER_CONNECTIONS = 4;
  private static final Duration WAIT = Duration.ofMillis(2500);

  private final Database database;
  private final HikariDataSource source;
  private volatile boolean inDoubt;

  private Pool(Database database, HikariDataSource source) {
    this.database = database;
    this.source = source;
  }

  static Pool of(Database database) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("ledger");
    config.setDataSource(DriverSource.forUse(database));
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(1000);
    config.setInitializationFailTimeout(-1);
    switch (database) {
      case Database.Embedded _ -> {
        config.setMaximumPoolSize(1);
        config.setMaxLifetime(0);
      }
      case Database.Server _ -> {
        config.setMaximumPoolSize(SERVER_CONNECTIONS);
        // With none kept, the pool rests when nobody asks, also from trying in vain.
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(15).toMillis());
      }
    }
    return new Pool(database, new HikariDataSource(config));
  }

  DataSource source() {
    return source;
  }

  /** Throws at once while a store that has failed is still away. */
  void ask() throws LedgerUnavailable {
    if (inDoubt) {
      try (Connection fresh = DriverSource.forUse(database).getConnection()) {
        inDoubt = !fresh.isValid(1);
      } catch (SQLException still) {
        throw Diagnosis.outage(database, still);
      }
    }
  }

  @Override
  public <T> Optional<T> on(Work<T> work) throws LedgerUnavailable {
    ask();
    try (Connection connection = source.getConnection()) {
      return Optional.of(work.with(connection));
    } catch (SQLException failed) {
      throw outage(failed);
    }
  }

  /** The outage behind an error; the other open connections are then as old as the broken one. */
  LedgerUnavailable outage(SQLException error) {
    LedgerUnavailable outage = Diagnosis.outage(database, error);
    inDoubt = true;
    source.getHikariPoolMXBean().softEvictConnections();
    return outage;
  }

  @Override
  public void close() {
    source.close();
  }
}
