package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.status.Scene;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminListenerTest {
  private static final Vitals VITALS = new Vitals(Optional::empty, List::of, "1.2.3");

  @TempDir Path root;

  @Test
  void anAddressThatIsTakenIsNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0)) {
      int port = other.getLocalPort();
      IOException refused = assertThrows(IOException.class, () -> open("0.0.0.0", port));
      assertTrue(refused.toString().contains(":" + port), refused.toString());
    }
  }

  @Test
  void onceClosedItsAddressIsFreeAndClosingAgainDoesNothing() throws IOException {
    AdminListener first = open("127.0.0.1", 0);
    int port = first.address().getPort();
    first.close();
    first.close();
    try (AdminListener second = open("127.0.0.1", port)) {
      assertEquals(port, second.address().getPort());
    }
  }

  @Test
  void withoutAConfiguredTokenTheOneInTheStateDirectoryOpensIt() throws Exception {
    try (AdminListener listener = open("127.0.0.1", 0)) {
      assertEquals(
          Files.readString(root.resolve("admin-token")).strip(),
          listener.token().secret().reveal());
    }
  }

  private AdminListener open(String host, int port) throws IOException {
    return AdminListener.open(
        new Admin(host, port, Optional.empty()), Optional.empty(), new Scene(root).sources, VITALS);
  }
}
