package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.checkout.Target;
import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Backlog;
import dev.slipway.vocabulary.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir(factory = MemoryFolder.class)
  Path root;

  private CrashingDisk disk;
  private Yard yard;

  @BeforeEach
  void begin() throws Exception {
    disk = new CrashingDisk(root.resolve("graves"));
    yard = new Yard(root, disk);
    yard.minFreeDisk = ByteSize.ofMiB(500);
  }

  private Optional<String> shortage() {
    Deployment website = yard.deployment(Yard.WEBSITE, Yard.conditions(1), Target.Style.IN_PLACE);
    return new Preflight(yard.spool, website, () -> yard.minFreeDisk).shortage();
  }

  @Test
  void belowTheLeastNothingNewStartsAndItGoesOnByItself() throws Exception {
    disk.leave(499 * MEBIBYTE);
    yard.deliver("e-1", 1);
    Worker worker = yard.worker();
    assertEquals(Backlog.SWEEP, Yard.work(worker));
    assertEquals(List.of(), yard.ran);
    assertEquals(List.of(), yard.states());
    assertEquals(1, yard.waiting().size());

    disk.leave(500 * MEBIBYTE);
    Yard.work(worker);
    assertEquals(List.of(1), yard.ran);
    assertEquals(List.of(ReleaseState.SUCCEEDED), yard.states());
  }

  @Test
  void whatIsRemovedMeanwhileIsRecordedAsEver() throws Exception {
    disk.leave(0);
    Path entry = yard.spool.state().queue(Yard.WEBSITE).resolve(yard.deliver("e-1", 1).value());
    Worker worker = yard.worker();
    Yard.work(worker);
    Files.delete(entry);
    yard.clock.pass(Backlog.SWEEP);
    Yard.work(worker);
    assertEquals("cancelled", yard.outcome("e-1"));
  }

  @Test
  void theReasonNamesThePathWhatItHasAndWhatIsNeeded() {
    disk.leave(3 * MEBIBYTE + 700);
    assertEquals(
        Optional.of(
            "free disk space: "
                + yard.spool.state().root()
                + " has 3MiB left, min_free_disk is 500MiB"),
        shortage());
    disk.leave(700);
    assertEquals(
        Optional.of(
            "free disk space: "
                + yard.spool.state().root()
                + " has 700B left, min_free_disk is 500MiB"),
        shortage());
  }

  @Test
  void nothingIsLookedAtWhereNothingMustBeFree() {
    disk.leave(0);
    yard.minFreeDisk = new ByteSize(0);
    assertEquals(Optional.empty(), shortage());
  }
}
