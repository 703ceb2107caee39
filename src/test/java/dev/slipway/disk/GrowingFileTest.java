package dev.slipway.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrowingFileTest {
  @TempDir Path folder;

  @Test
  void whatWasAppendedIsReadFromWhereTheLastReadEnded() throws IOException {
    Path path = folder.resolve("log");
    GrowingFile file = new GrowingFile(path);
    Files.writeString(path, "one");
    assertEquals("one", text(file.read(0, 100)));
    assertEquals("", text(file.read(3, 100)));
    Files.writeString(path, "two", StandardOpenOption.APPEND);
    assertEquals("two", text(file.read(3, 100)));
  }

  @Test
  void noMoreIsReadThanWasAskedFor() throws IOException {
    Path path = Files.writeString(folder.resolve("log"), "123456");
    assertEquals("234", text(new GrowingFile(path).read(1, 3)));
  }

  @Test
  void aFileThatIsNotThereHasNothingInIt() throws IOException {
    GrowingFile file = new GrowingFile(folder.resolve("none"));
    assertFalse(file.exists());
    assertEquals(0, file.read(0, 100).length);
  }

  @Test
  void aFileThatWasCutShortGivesNothingMore() throws IOException {
    Path path = Files.writeString(folder.resolve("log"), "12");
    assertEquals(0, new GrowingFile(path).read(10, 100).length);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    GrowingFile link = new GrowingFile(Files.createSymbolicLink(folder.resolve("log"), secret));
    assertFalse(link.exists());
    assertThrows(IOException.class, () -> link.read(0, 100));
    assertTrue(new GrowingFile(secret).exists());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
