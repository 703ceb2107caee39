package dev.slipway.dispatch;

import static dev.slipway.spool.SpoolFixture.WEBSITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CountingDisk;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.spool.Spool;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.spool.StateDirectory;
import dev.slipway.time.ManualClock;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many events that wait for the dispatcher cost each as much as few, and keep their order. */
class BacklogTest {
  private static final Route ROUTE =
      new Route(
          WEBSITE,
          new RepositoryName("example/website"),
          new Trigger.Branch(GitRef.ofBranch("main")),
          true);

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  /** What one event costs the disk when so many wait; all of them are routed, in order. */
  private double costOfEach(int count) throws Exception {
    CountingDisk counting = new CountingDisk();
    StateDirectory state = new StateDirectory(folder.resolve(Integer.toString(count)));
    Spool spool = new Spool(counting.disk(), state);
    spool.prepare();
    List<EntryName> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EntryName name = EntryName.at(1_000L + i);
      Files.write(state.dispatcher().resolve(name.value()), SpoolFixture.push("e" + i));
      names.add(name);
    }
    ManualClock clock = ManualClock.atSomeMoment();
    Dispatcher dispatcher =
        new Dispatcher(spool, new MemoryLedger(), () -> new Routes(List.of(ROUTE)), clock, clock);
    counting.work();

    while (dispatcher.step().equals(Duration.ZERO)) {
      // A step takes its time, so that the directory is listed now and then.
      clock.pass(Duration.ofMillis(100));
    }

    double cost = (double) counting.work() / count;
    assertEquals(names, spool.queue(WEBSITE).waiting());
    assertEquals(List.of(), spool.unrouted());
    return cost;
  }

  @Test
  void theCostOfAnEventDoesNotGrowWithTheirNumber() throws Exception {
    double few = costOfEach(500);
    double many = costOfEach(4_000);

    assertTrue(many < 1.3 * few, () -> few + " acts and names for each of few, " + many);
  }
}
