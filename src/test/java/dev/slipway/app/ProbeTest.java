package dev.slipway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.time.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
  @TempDir Path root;
  private final ManualClock clock = ManualClock.atSomeMoment();
  private CrashingDisk disk;
  private StateDirectory state;
  private Probe probe;

  @BeforeEach
  void begin() throws Exception {
    disk = new CrashingDisk(root.resolve("graves"));
    state = new StateDirectory(root.resolve("state"));
    disk.createDirectories(state.root());
    probe = new Probe(new Spool(disk, state), clock);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(state.root())) {
      return files.toList();
    }
  }

  @Test
  void aDirectoryThatTakesFilesIsNoObstacleAndKeepsNone() throws Exception {
    assertEquals(Optional.empty(), probe.obstacle());
    assertEquals(List.of(), files());
  }

  @Test
  void aRefusalIsSeenAlthoughThereIsRoomAndSoIsItsEnd() throws Exception {
    disk.watch(operation -> {
      if (operation.act() == CrashingDisk.Act.STAGE) {
        throw new IOException("Disk quota exceeded");
      }
    });
    String obstacle = probe.obstacle().orElseThrow();
    assertTrue(obstacle.contains("takes no files") && obstacle.contains("state"), obstacle);
    disk.watch(operation -> {});
    assertTrue(probe.obstacle().isPresent(), "the answer is a second old at most");
    clock.pass(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), probe.obstacle());
  }

  @Test
  void aFullDiskIsNamedWithWhatIsLeft() {
    disk.leave(100);
    assertEquals(
        Optional.of("the disk of " + state.root() + " is full: 100 bytes are left"),
        probe.obstacle());
  }

  @Test
  void whoeverAsksOftenDoesNotWriteOften() {
    for (int i = 0; i < 100; i++) {
      Optional<String> _ = probe.obstacle();
    }
    assertEquals(
        1, disk.changes().stream().filter(it -> it.act() == CrashingDisk.Act.STAGE).count());
  }
}
