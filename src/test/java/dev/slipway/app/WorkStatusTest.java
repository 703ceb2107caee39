package dev.slipway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.RealDisk;
import dev.slipway.spool.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkStatusTest {
  private static final Health AWAY =
      new Health(List.of("the record store does not answer", "no lock"), List.of("slower"));
  private static final Health WELL = new Health(List.of(), List.of());

  @TempDir Path root;
  private StateDirectory state;
  private CrashingDisk disk;

  @BeforeEach
  void begin() throws Exception {
    state = new StateDirectory(root.resolve("state"));
    disk = new CrashingDisk(root.resolve("graves"));
    disk.createDirectories(state.root());
  }

  private Health read() throws Exception {
    return new WorkStatus(new RealDisk(), state).read();
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    WorkStatus status = new WorkStatus(disk, state);
    status.write(AWAY);
    assertEquals(AWAY, read());
    status.write(WELL);
    assertEquals(WELL, read());
  }

  @Test
  void whoHasSaidNothingYetIsNotReady() throws Exception {
    assertEquals(Health.hinderedBy("the work process has not said yet how it is"), read());
  }

  @Test
  void whatHasNotChangedIsNotWrittenAgain() throws Exception {
    WorkStatus status = new WorkStatus(disk, state);
    status.write(AWAY);
    int before = disk.changes().size();
    status.write(AWAY);
    assertEquals(before, disk.changes().size());
  }

  @Test
  void theFirstWordOfAProcessIsAlwaysWritten() throws Exception {
    new WorkStatus(disk, state).write(AWAY);
    new WorkStatus(disk, state).write(WELL);
    assertEquals(WELL, read());
  }

  @Test
  void aCrashAtAnyMomentLeavesOneWordOrTheOther() throws Exception {
    new WorkStatus(disk, state).write(AWAY);
    int crashes = 0;
    for (boolean done = false; !done; crashes++) {
      CrashingDisk crashing =
          new CrashingDisk(root.resolve("graves").resolve(Integer.toString(crashes)))
              .crashAt(crashes);
      WorkStatus status = new WorkStatus(crashing, state);
      try {
        status.write(WELL);
        done = true;
      } catch (CrashingDisk.Crash crash) {
        assertEquals(AWAY, read());
      }
    }
    assertEquals(WELL, read());
    assertTrue(crashes > 2);
  }

  @Test
  void aDiskThatRefusesIsTriedAgain() throws Exception {
    WorkStatus status = new WorkStatus(disk, state);
    disk.refuse(CrashingDisk.Act.REPLACE, "work.status");
    assertThrows(IOException.class, () -> status.write(AWAY));
    disk.watch(operation -> {});
    status.write(AWAY);
    assertEquals(AWAY, read());
  }
}
