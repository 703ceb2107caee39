package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.spool.StateDirectory;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {
  private static final Admin WITHOUT = new Admin("127.0.0.1", 0, Optional.empty());

  @TempDir Path root;

  @Test
  void theConfiguredTokenIsTakenAndNothingIsWritten() throws IOException {
    Admin admin = new Admin("127.0.0.1", 0, Optional.of(new Secret("configured")));
    AdminToken token = AdminToken.obtain(admin, new StateDirectory(root));
    assertEquals("configured", token.secret().reveal());
    assertEquals(Optional.empty(), token.file());
    assertFalse(Files.exists(root.resolve("admin-token")));
  }

  @Test
  void withoutOneATokenIsMadeThatOnlyItsOwnerMayRead() throws IOException {
    AdminToken token = AdminToken.obtain(WITHOUT, new StateDirectory(root));
    Path file = token.file().orElseThrow();
    assertEquals(root.toAbsolutePath().resolve("admin-token"), file);
    assertEquals(token.secret().reveal(), Files.readString(file).strip());
    assertTrue(token.secret().reveal().matches("[A-Za-z0-9_-]{43}"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void theTokenStaysAsItIsForTheNextStart() throws IOException {
    AdminToken first = AdminToken.obtain(WITHOUT, new StateDirectory(root));
    assertEquals(first, AdminToken.obtain(WITHOUT, new StateDirectory(root)));
    Files.delete(first.file().orElseThrow());
    assertNotEquals(first, AdminToken.obtain(WITHOUT, new StateDirectory(root)));
  }

  @Test
  void allWhoAskAtOnceGetTheSame() throws Exception {
    Callable<AdminToken> ask = () -> AdminToken.obtain(WITHOUT, new StateDirectory(root));
    try (ExecutorService several = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AdminToken>> tokens =
          several.invokeAll(Stream.generate(() -> ask).limit(16).toList());
      for (Future<AdminToken> token : tokens) {
        assertEquals(tokens.getFirst().get(), token.get());
      }
    }
  }

  @Test
  void anEmptyFileIsNoTokenAndSaysHowToMendIt() throws IOException {
    Files.createFile(root.resolve("admin-token"));
    IOException refused =
        assertThrows(IOException.class, () -> AdminToken.obtain(WITHOUT, new StateDirectory(root)));
    assertTrue(refused.toString().contains("remove it"), refused.toString());
  }

  @Test
  void aTokenIsNotPrinted() throws IOException {
    AdminToken token = AdminToken.obtain(WITHOUT, new StateDirectory(root));
    assertFalse(token.toString().contains(token.secret().reveal()));
  }
}
