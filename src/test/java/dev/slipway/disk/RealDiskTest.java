package dev.slipway.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final Disk disk = new RealDisk();

  @TempDir private Path root;
  private Path one;
  private Path other;

  @BeforeEach
  void names() {
    one = root.resolve("one");
    other = root.resolve("other");
  }

  @Test
  void aStagedFileIsWholeAndForItsOwnerAlone() throws IOException {
    disk.stage(one, CONTENT);

    assertArrayEquals(CONTENT, Files.readAllBytes(one));
    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(one));
    assertTrue(permissions.endsWith("---"), permissions);
  }

  @Test
  void stagingDoesNotTouchAFileThatIsThere() throws IOException {
    disk.stage(one, CONTENT);

    assertThrows(FileAlreadyExistsException.class, () -> disk.stage(one, new byte[3]));

    assertArrayEquals(CONTENT, Files.readAllBytes(one));
  }

  @Test
  void aMoveTakesNoTakenName() throws IOException {
    disk.stage(one, CONTENT);
    disk.stage(other, new byte[3]);

    assertThrows(FileAlreadyExistsException.class, () -> disk.move(one, other));

    assertTrue(disk.exists(one));
    assertEquals(3, Files.size(other));
  }

  @Test
  void aMoveOntoAnotherNameOfTheSameFileLeavesOneName() throws IOException {
    disk.stage(one, CONTENT);
    disk.link(one, other);

    disk.move(one, other);

    assertEquals(List.of("other"), disk.list(root));
  }

  @Test
  void aMoveOfNothingSaysSo() throws IOException {
    assertThrows(NoSuchFileException.class, () -> disk.move(one, other));
    disk.stage(other, CONTENT);
    assertThrows(NoSuchFileException.class, () -> disk.move(one, other));
  }

  @Test
  void aDirectoryMovesToo() throws IOException {
    disk.createDirectories(one.resolve("deeper"));

    disk.move(one, other);

    assertTrue(disk.isDirectory(other.resolve("deeper")));
  }

  @Test
  void aLinkTakesNoTakenName() throws IOException {
    disk.stage(one, CONTENT);
    disk.stage(other, new byte[3]);

    assertThrows(FileAlreadyExistsException.class, () -> disk.link(one, other));
    assertFalse(disk.isSameFile(one, other));
  }

  @Test
  void aLinkIsTheSameFile() throws IOException {
    disk.stage(one, CONTENT);
    disk.link(one, other);

    assertTrue(disk.isSameFile(one, other));
    assertFalse(disk.isSameFile(one, root.resolve("nothing")));
  }

  @Test
  void aSymbolicLinkIsNotTheFileItPointsTo() throws IOException {
    disk.stage(one, CONTENT);
    Files.createSymbolicLink(other, one);

    assertFalse(disk.isSameFile(one, other));
  }

  @Test
  void aNoteIsReadAsItWasWritten() throws IOException {
    disk.note(one, "some text, with ümlauts");

    assertEquals(Optional.of("some text, with ümlauts"), disk.readNote(one));
    assertTrue(disk.exists(one), "though it points nowhere");
    assertThrows(FileAlreadyExistsException.class, () -> disk.note(one, "other"));
  }

  @Test
  void whatIsNoNoteHasNoText() throws IOException {
    disk.stage(one, CONTENT);

    assertEquals(Optional.empty(), disk.readNote(one));
    assertEquals(Optional.empty(), disk.readNote(other));
  }

  @Test
  void readingStopsAtTheLimit() throws IOException {
    disk.stage(one, CONTENT);

    assertArrayEquals(CONTENT, disk.read(one, CONTENT.length));
    assertThrows(UnreadableFile.class, () -> disk.read(one, CONTENT.length - 1));
  }

  @Test
  void onlyRegularFilesAreRead() throws IOException {
    disk.stage(one, CONTENT);
    Files.createSymbolicLink(other, one);

    assertThrows(UnreadableFile.class, () -> disk.read(other, 100));
    assertThrows(UnreadableFile.class, () -> disk.read(root, 100_000));
    assertThrows(NoSuchFileException.class, () -> disk.read(root.resolve("nothing"), 100));
  }

  @Test
  void aListHoldsFilesDirectoriesAndNotes() throws IOException {
    disk.stage(one, CONTENT);
    disk.createDirectories(other);
    disk.note(root.resolve("note"), "nowhere");

    assertEquals(new TreeSet<>(List.of("note", "one", "other")), new TreeSet<>(disk.list(root)));
    assertEquals(List.of(), disk.list(root.resolve("nothing")));
  }

  @Test
  void aNameThatIsNoTextIsNotListed() throws IOException, InterruptedException {
    disk.stage(one, CONTENT);
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", ": > \"$(printf 'bad\\377name')\"")
            .directory(root.toFile())
            .inheritIO()
            .start();
    assertEquals(0, shell.waitFor());

    assertEquals(List.of("one"), disk.list(root));
  }

  @Test
  void directoriesAreMadeOnce() throws IOException {
    Path deep = root.resolve("a/b/c");

    disk.createDirectories(deep);
    disk.createDirectories(deep);

    assertTrue(disk.isDirectory(deep));
    disk.stage(one, CONTENT);
    assertThrows(FileAlreadyExistsException.class, () -> disk.createDirectories(one));
  }

  @Test
  void aLinkToADirectoryServesAsOne() throws IOException {
    Path real = Files.createDirectory(root.resolve("real"));
    Files.createSymbolicLink(one, real);

    disk.createDirectories(one.resolve("queues"));

    assertTrue(disk.isDirectory(real.resolve("queues")));
    assertFalse(disk.isDirectory(one));
  }

  @Test
  void deletingSaysWhetherItWasThere() throws IOException {
    disk.stage(one, CONTENT);

    assertTrue(disk.delete(one));
    assertFalse(disk.delete(one));
  }
}
