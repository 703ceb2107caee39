package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FewConnectionsTest {
  @TempDir Path directory;

  private Database.Embedded embedded() throws Exception {
    Database.Embedded database = new Database.Embedded(directory.resolve("slipway.db"), true);
    SqlLedger.open(database).close();
    return database;
  }

  private static int one(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var results = statement.executeQuery("select 1")) {
      assertTrue(results.next());
      return results.getInt(1);
    }
  }

  /** A question that lasts until it is let go. */
  private static final class Slow {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    Future<?> ask(Connections connections, ExecutorService threads) throws Exception {
      Future<?> answer =
          threads.submit(() ->
              connections.on(connection -> {
                begun.countDown();
                try {
                  end.await();
                } catch (InterruptedException ended) {
                  throw new SQLException(ended);
                }
                return one(connection);
              }));
      begun.await();
      return answer;
    }
  }

  @Test
  void aSlowQuestionHoldsNobodyElseUpAndTooManyAreTold() throws Exception {
    try (Connections connections = new FewConnections(embedded(), Duration.ofMillis(50));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Slow first = new Slow();
      Slow second = new Slow();
      List<Future<?>> answers = new ArrayList<>();
      answers.add(first.ask(connections, threads));
      assertEquals(1, connections.on(FewConnectionsTest::one).orElseThrow());

      answers.add(second.ask(connections, threads));
      var said =
          assertThrows(
              LedgerUnavailable.class, () -> connections.on(FewConnectionsTest::one).orElseThrow());
      assertEquals(
          "the record store is slow: all 2 connections for reading have been busy for 50 ms",
          said.getMessage());

      first.end.countDown();
      second.end.countDown();
      for (Future<?> answer : answers) {
        answer.get();
      }
      assertEquals(1, connections.on(FewConnectionsTest::one).orElseThrow());
    }
  }

  @Test
  void afterAnErrorNoneThatWasOpenIsUsedAgain() throws Exception {
    try (Connections connections = new FewConnections(embedded());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Connection> seen = new ArrayList<>();
      Slow slow = new Slow();
      Future<?> answer = slow.ask(connections, threads);
      var _ = connections.on(seen::add);
      slow.end.countDown();
      answer.get();

      assertThrows(
          LedgerUnavailable.class,
          () ->
              connections.on(connection -> {
                seen.add(connection);
                throw new SQLException("it broke", "08006");
              }));

      assertEquals(2, seen.stream().distinct().count(), "the two that were open");
      for (Connection old : seen) {
        assertTrue(old.isClosed());
      }
      assertEquals(1, connections.on(FewConnectionsTest::one).orElseThrow());
    }
  }
}
