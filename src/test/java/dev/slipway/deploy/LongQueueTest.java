package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CountingDisk;
import dev.slipway.disk.MemoryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many waiting entries cost each as much as few, and keep their order. */
class LongQueueTest {
  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  /** What one entry costs the disk when so many wait. */
  private double costOfEach(int count) throws Exception {
    CountingDisk counting = new CountingDisk();
    Yard yard =
        new Yard(Files.createDirectory(folder.resolve(Integer.toString(count))), counting.disk());
    for (int i = 1; i <= count; i++) {
      yard.deliver("e" + i, i);
    }
    Worker worker = yard.worker();
    counting.work();

    while (worker.step().isZero()) {
      // A release takes its time, so that the directory is listed now and then.
      yard.clock.pass(Duration.ofMillis(20));
    }

    double cost = (double) counting.work() / count;
    assertEquals(IntStream.rangeClosed(1, count).boxed().toList(), yard.ran);
    assertEquals(List.of(), yard.waiting());
    return cost;
  }

  @Test
  void theCostOfAnEntryDoesNotGrowWithTheirNumber() throws Exception {
    double few = costOfEach(50);
    double many = costOfEach(400);

    assertTrue(many < 2 * few, () -> few + " acts and names for each of few, " + many);
  }
}
