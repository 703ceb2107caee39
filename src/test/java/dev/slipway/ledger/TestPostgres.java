package dev.slipway.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL, from the Maven repository, on a free port of the loopback. {@link
 * #freshDatabase()} gives each caller a database of its own in one server per JVM, started by the
 * first who asks and stopped with the JVM. A test that stops its server starts one of its own.
 */
public final class TestPostgres implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path directory;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  private TestPostgres(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = startShared();

    private static EmbeddedPostgres startShared() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** A fresh, empty database in the server that all tests share. */
  public static Database.Server freshDatabase() {
    return freshDatabase(Shared.SERVER);
  }

  /** A server of the caller's own, its data in {@code directory}. */
  public static TestPostgres start(Path directory) throws IOException {
    TestPostgres postgres = new TestPostgres(directory, freePort());
    postgres.start();
    return postgres;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts it again where it was, with what it held. */
  public void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(directory)
            .setCleanDataDirectory(false)
            .start();
  }

  /** Stops it and cuts every connection; its data stay. */
  public void stop() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** A fresh, empty database in this server. */
  public Database.Server database() {
    if (server == null) {
      throw new IllegalStateException("the server is stopped");
    }
    return freshDatabase(server);
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private static Database.Server freshDatabase(EmbeddedPostgres server) {
    String name = "ledger" + DATABASES.incrementAndGet();
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return new Database.Server(
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + name,
        Optional.of("postgres"),
        Optional.empty(),
        true);
  }
}
