package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.vocabulary.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static Database.Server server(String url) {
    return new Database.Server(
        url, Optional.of("slipway"), Optional.of(new Secret("hunter2")), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:postgresql:",
        "postgresql://localhost/slipway",
        "jdbc:sqlite:/var/lib/slipway/slipway.db",
        "jdbc:mysql://localhost/slipway?password=hunter2"
      })
  void onlyPostgresIsAServer(String url) {
    var refused = assertThrows(IllegalArgumentException.class, () -> server(url));

    assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused.getMessage());
  }

  @Test
  void aServerIsNamedWithoutItsOptions() {
    assertEquals(
        "PostgreSQL at db.example.org:5432/slipway",
        server("jdbc:postgresql://db.example.org:5432/slipway?password=hunter2").place());
    assertEquals("PostgreSQL at slipway", server("jdbc:postgresql:slipway").place());
  }

  @Test
  void aServerPrintedByAccidentShowsNoPassword() {
    String printed =
        server("jdbc:postgresql://localhost/slipway?user=a&password=hunter2").toString();

    assertFalse(printed.contains("hunter2"), printed);
  }
}
