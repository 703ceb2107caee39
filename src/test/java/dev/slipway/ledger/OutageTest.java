package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A record store that goes away, hangs, refuses, and comes back. */
class OutageTest {
  private static final Duration A_FEW_SECONDS = Duration.ofSeconds(9);

  @TempDir static Path directory;
  private static TestPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = TestPostgres.start(directory.resolve("data"));
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  private static String unavailable(Executable call) {
    var said =
        assertTimeoutPreemptively(A_FEW_SECONDS, () -> assertThrows(LedgerUnavailable.class, call));
    return String.valueOf(said.getMessage());
  }

  @Test
  void anOutageIsNoticedByEveryMethodAndOverWithTheFirstCallAfterIt() throws Exception {
    try (SqlLedger ledger = SqlLedger.open(postgres.database())) {
      ReleaseNumber first = ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1"));
      var ending = LedgerContract.ending(LedgerContract.WEBSITE, first, ReleaseState.SUCCEEDED);
      var event = LedgerContract.event("e1", Optional.of(LedgerContract.WEBSITE), "deployed");

      postgres.stop();

      unavailable(() -> ledger.end(ending, event));
      unavailable(() -> ledger.record(List.of(event)));
      unavailable(() -> ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e2")));
      String said = unavailable(ledger::newest);
      assertTrue(said.contains("cannot be reached") && said.contains("refused"), said);

      postgres.start();

      assertEquals(1, ledger.running("host-a").size());
      assertTrue(ledger.end(ending, event));
      assertFalse(ledger.end(ending, event));
    }
  }

  @Test
  void afterARestartNobodyNoticedAtMostOneCallFails() throws Exception {
    try (SqlLedger ledger = SqlLedger.open(postgres.database())) {
      assertEquals(List.of(), ledger.newest());

      postgres.stop();
      postgres.start();

      try {
        assertEquals(List.of(), ledger.newest());
      } catch (LedgerUnavailable once) {
        assertTrue(String.valueOf(once.getMessage()).contains("record store"));
      }
      assertEquals(List.of(), ledger.newest());
      assertEquals(
          new ReleaseNumber(1), ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1")));
    }
  }

  @Test
  void aStatementThatHangsFails() throws Exception {
    Database database = postgres.database();
    try (SqlLedger ledger = SqlLedger.open(database);
        var other = DriverSource.forUse(database).getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table \"release\"");

      unavailable(() -> ledger.open(LedgerContract.opening(LedgerContract.WEBSITE, "e1")));

      other.rollback();
      assertEquals(List.of(), ledger.newest());
    }
  }

  @Test
  void aServerThatIsDownWhenTheLedgerOpensCanBeTriedAgain() throws Exception {
    Database.Server database = postgres.database();
    postgres.stop();

    String said = unavailable(() -> SqlLedger.open(database));
    assertTrue(said.contains("cannot be reached"), said);

    postgres.start();
    SqlLedger.open(database).close();
  }

  @Test
  void aServerThatTakesConnectionsAndNeverAnswersIsUnavailable() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String said =
          unavailable(() ->
              SqlLedger.open(
                  new Database.Server(
                      "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/slipway",
                      Optional.of("slipway"),
                      Optional.of(new Secret("hunter2")),
                      true)));
      assertFalse(said.contains("hunter2"), said);
    }
  }

  @Test
  void aDatabaseThatDoesNotExistIsNamed() {
    String url = postgres.database().url().replaceAll("/[^/]*$", "/nowhere?password=hunter2");

    String said =
        unavailable(() ->
            SqlLedger.open(
                new Database.Server(url, Optional.of("postgres"), Optional.empty(), true)));

    assertTrue(said.contains("has no such database") && said.contains("nowhere"), said);
    assertFalse(said.contains("hunter2"), said);
  }

  @Test
  void aLoginThatIsRefusedIsNamedWithoutItsPassword() {
    String said =
        unavailable(() ->
            SqlLedger.open(
                new Database.Server(
                    postgres.database().url(),
                    Optional.of("stranger"),
                    Optional.of(new Secret("hunter2")),
                    true)));

    assertTrue(said.contains("refuses the login") && said.contains("stranger"), said);
    assertFalse(said.contains("hunter2"), said);
  }

  @Test
  void anEmbeddedStoreInADirectoryThatIsMissingIsUnavailable(@TempDir Path elsewhere) {
    Database missing = new Database.Embedded(elsewhere.resolve("not/there/slipway.db"), true);

    String said = unavailable(() -> SqlLedger.open(missing));

    assertTrue(said.contains("cannot be opened"), said);
  }

  @Test
  void aLedgerIsNotOpenedOverASchemaThatItMayNotMigrate(@TempDir Path elsewhere) {
    Database unmigrated = new Database.Embedded(elsewhere.resolve("slipway.db"), false);

    assertThrows(SchemaFault.class, () -> SqlLedger.open(unmigrated));
  }
}
