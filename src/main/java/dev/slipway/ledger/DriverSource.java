package dev.slipway.ledger;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one database with the settings for one use; the one place that knows the
 * drivers' settings. It asks the driver itself: {@code DriverManager} would load every other
 * driver, too, and a command has no time for that.
 */
final class DriverSource implements DataSource {
  /** What SQLite's write-ahead log keeps of the disk when it was larger for a while. */
  private static final int LOG_BYTES = 8 << 20;

  private final String driver;
  private final String url;
  private final Properties settings;

  private DriverSource(String driver, String url, Properties settings) {
    this.driver = driver;
    this.url = url;
    this.settings = settings;
  }

  /** For the daemon: a statement that is not answered within five seconds has failed. */
  static DriverSource forUse(Database database) {
    return switch (database) {
      case Database.Embedded embedded -> writing(embedded);
      case Database.Server server -> postgres(server, 5);
    };
  }

  /** For migrations, of which one may rewrite a large table. */
  static DriverSource forMigration(Database database) {
    return switch (database) {
      case Database.Embedded embedded -> writing(embedded);
      case Database.Server server -> postgres(server, 900);
    };
  }

  /**
   * For commands that read: never creates or changes a file that somebody could take offence at.
   */
  static DriverSource forReading(Database database) {
    return switch (database) {
      case Database.Embedded embedded -> reading(embedded.file(), "?mode=ro");
      case Database.Server server -> postgres(server, 5);
    };
  }

  /** For reading a SQLite file that nobody has open, where not even a lock file may be made. */
  static DriverSource forReadingAtRest(Path file) {
    return reading(file, "?mode=ro&immutable=1");
  }

  private static DriverSource writing(Database.Embedded embedded) {
    Properties settings = new Properties();
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "FULL");
    settings.setProperty("busy_timeout", "3000");
    // A reader that stays long lets the log grow; once it is gone the file is cut to this again.
    settings.setProperty("journal_size_limit", Integer.toString(LOG_BYTES));
    // A transaction that begins as a reader cannot always become a writer; this one begins as one.
    settings.setProperty("transaction_mode", "IMMEDIATE");
    return sqlite(embedded.file(), "", settings);
  }

  private static DriverSource reading(Path file, String mode) {
    Properties settings = new Properties();
    settings.setProperty("busy_timeout", "3000");
    settings.setProperty("open_mode", "1");
    return sqlite(file, mode, settings);
  }

  private static DriverSource sqlite(Path file, String mode, Properties settings) {
    String name = file.toAbsolutePath().toUri().getRawPath();
    return new DriverSource("org.sqlite.JDBC", "jdbc:sqlite:file:" + name + mode, settings);
  }

  private static DriverSource postgres(Database.Server server, int secondsPerStatement) {
    Properties settings = new Properties();
    server.user().ifPresent(user -> settings.setProperty("user", user));
    server.password().ifPresent(word -> settings.setProperty("password", word.reveal()));
    settings.setProperty("ApplicationName", "slipway");
    settings.setProperty("connectTimeout", "2");
    settings.setProperty("loginTimeout", "3");
    settings.setProperty("cancelSignalTimeout", "2");
    settings.setProperty("socketTimeout", Integer.toString(secondsPerStatement));
    settings.setProperty("tcpKeepAlive", "true");
    return new DriverSource("org.postgresql.Driver", server.url(), settings);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = load().connect(url, (Properties) settings.clone());
    if (connection == null) {
      throw new SQLException("the JDBC driver does not understand the URL", "08001");
    }
    return connection;
  }

  private Driver load() {
    try {
      return Class.forName(driver).asSubclass(Driver.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException("the JDBC driver " + driver + " is missing", missing);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the login is part of the settings");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs by SLF4J");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
