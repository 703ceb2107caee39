package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
  private static final Database SERVER =
      new Database.Server("jdbc:postgresql://db/slipway", Optional.empty(), Optional.empty(), true);
  private static final Database EMBEDDED =
      new Database.Embedded(Path.of("/var/lib/slipway/slipway.db"), true);

  private static String said(Database database, SQLException error) {
    return String.valueOf(Diagnosis.outage(database, error).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, refuses the login",
    "3D000, has no such database",
    "42P01, lacks this program's tables: run `slipway migrate`",
    "42501, denies the user",
    "53300, has no free connection",
    "57P03, is starting or stopping",
    "25006, is read-only",
    "08001, cannot be reached",
    "08006, does not answer",
    "XX000, fails: what the driver says (SQLSTATE XX000)"
  })
  void anOutageOfAServerIsToldInWords(String state, String words) {
    String said = said(SERVER, new SQLException("what the\n driver  says", state));

    assertTrue(said.startsWith("the record store (PostgreSQL at db/slipway) " + words), said);
  }

  @ParameterizedTest
  @CsvSource({
    "5, is held by another process",
    "2570, cannot be read or written",
    "11, is damaged",
    "13, the disk is full",
    "14, cannot be opened",
    "1, fails: what the driver says"
  })
  void anOutageOfTheEmbeddedStoreIsToldInWords(int code, String words) {
    String said = said(EMBEDDED, new SQLException("what the driver says", null, code));

    assertTrue(said.contains(words) && said.contains("/var/lib/slipway/slipway.db"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23514"})
  void dataThatAServerRefusesIsABug(String state) {
    assertThrows(
        IllegalStateException.class, () -> Diagnosis.outage(SERVER, new SQLException("no", state)));
  }

  @Test
  void dataThatTheEmbeddedStoreRefusesIsABug() {
    assertThrows(
        IllegalStateException.class,
        () -> Diagnosis.outage(EMBEDDED, new SQLException("no", null, 275)));
  }

  @Test
  void whatThePoolWrapsAroundTheDriversErrorIsTakenOff() {
    SQLException refused =
        new SQLException("refused", "08001", new ConnectException("Connection refused"));
    SQLException wrapped = new SQLException("not available, timed out", null, 0, refused);

    assertEquals(
        "the record store (PostgreSQL at db/slipway) cannot be reached: refused"
            + " (java.net.ConnectException: Connection refused)",
        said(SERVER, wrapped));
  }

  @Test
  void aFailedMigrationIsNoOutageAndABrokenConnectionIsNoFailedMigration() {
    assertFalse(Diagnosis.isUnreachable(SERVER, new SQLException("syntax", "42601")));
    assertTrue(Diagnosis.isUnreachable(SERVER, new SQLException("cut", "08006")));
    assertFalse(Diagnosis.isUnreachable(EMBEDDED, new SQLException("syntax", null, 1)));
    assertTrue(Diagnosis.isUnreachable(EMBEDDED, new SQLException("busy", null, 261)));
  }
}
