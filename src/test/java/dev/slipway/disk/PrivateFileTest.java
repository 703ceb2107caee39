package dev.slipway.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFileTest {
  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void nobodyButItsOwnerMayReadIt() throws IOException {
    PrivateFile file = new PrivateFile(folder.resolve("token"));
    assertTrue(file.create(CONTENT));
    assertEquals("rw-------", mode(file.file()));
    assertArrayEquals(CONTENT, file.read(10).orElseThrow());
  }

  @Test
  void creatingLeavesNothingElseBehind() throws IOException {
    new PrivateFile(folder.resolve("token")).create(CONTENT);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("token")), files.toList());
    }
  }

  @Test
  void oneThatIsThereIsNeverReplaced() throws IOException {
    PrivateFile file = new PrivateFile(folder.resolve("token"));
    file.create(CONTENT);
    assertFalse(file.create(new byte[] {9}));
    assertArrayEquals(CONTENT, file.read(10).orElseThrow());
  }

  @Test
  void oneThatOthersMightReadIsClosedToThem() throws IOException {
    PrivateFile file = new PrivateFile(Files.write(folder.resolve("token"), CONTENT));
    Files.setPosixFilePermissions(file.file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertArrayEquals(CONTENT, file.read(10).orElseThrow());
    assertEquals("rw-------", mode(file.file()));
  }

  @Test
  void oneThatIsNotThereIsAbsent() throws IOException {
    assertEquals(Optional.empty(), new PrivateFile(folder.resolve("token")).read(10));
  }

  @Test
  void oneThatIsTooLargeIsNotRead() throws IOException {
    PrivateFile file = new PrivateFile(Files.write(folder.resolve("token"), CONTENT));
    assertThrows(UnreadableFile.class, () -> file.read(2));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
