package dev.slipway.disk;

import static dev.slipway.disk.CrashingDisk.PowerLoss.FORGETS_ALL;
import static dev.slipway.disk.CrashingDisk.PowerLoss.FORGETS_SOME;
import static dev.slipway.disk.CrashingDisk.PowerLoss.KEEPS_ALL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the double forgets what a machine would, and nothing else. */
class CrashingDiskTest {
  @TempDir private Path folder;
  private Path root;
  private Path one;
  private Path other;
  private CrashingDisk disk;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    one = root.resolve("one");
    other = root.resolve("other");
    disk = new CrashingDisk(folder.resolve("graveyard"));
  }

  @Test
  void whatWasSyncedStays() throws IOException {
    disk.stage(one, new byte[1]);
    disk.sync(root);
    disk.losePower(FORGETS_ALL);

    assertEquals(List.of("one"), CrashingDisk.tree(root));
  }

  @Test
  void whatWasNotSyncedIsForgotten() throws IOException {
    disk.stage(one, new byte[1]);
    disk.note(root.resolve("note"), "text");
    disk.sync(root);
    disk.move(one, root.resolve("moved"));
    disk.link(root.resolve("moved"), root.resolve("linked"));
    disk.delete(root.resolve("note"));
    disk.stage(other, new byte[1]);
    disk.losePower(FORGETS_ALL);

    assertEquals(List.of("note", "one"), CrashingDisk.tree(root));
  }

  @Test
  void whatWasReplacedComesBack() throws IOException {
    disk.stage(one, new byte[1]);
    disk.stage(other, new byte[2]);
    disk.sync(root);
    disk.replace(other, one);
    disk.losePower(FORGETS_ALL);

    assertEquals(1, Files.size(one));
    assertEquals(2, Files.size(other));
  }

  @Test
  void aKilledProcessForgetsNothing() throws IOException {
    disk.stage(one, new byte[1]);
    disk.move(one, other);
    disk.losePower(KEEPS_ALL);

    assertEquals(List.of("other"), CrashingDisk.tree(root));
  }

  @Test
  void ofOneDirectoryTheLaterChangesAreForgottenFirst() throws IOException {
    for (int i = 0; i < 10; i++) {
      disk.stage(root.resolve("file-" + i), new byte[1]);
    }
    disk.losePower(FORGETS_SOME);

    List<String> left = CrashingDisk.tree(root);
    assertEquals(IntStream.range(0, left.size()).mapToObj(i -> "file-" + i).toList(), left);
  }

  @Test
  void aCrashLeavesHalfOfWhatIsBeingWritten() throws IOException {
    disk.crashAt(1).stage(one, new byte[10]);

    assertThrows(CrashingDisk.Crash.class, () -> disk.stage(other, new byte[10]));

    assertEquals(5, Files.size(other));
    assertThrows(CrashingDisk.Crash.class, () -> disk.delete(one), "the process is dead");
  }
}
