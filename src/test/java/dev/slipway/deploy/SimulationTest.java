package dev.slipway.deploy;

import dev.slipway.disk.MemoryFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many random lives of the daemon. {@code -Dslipway.simulation.count=10000} runs more of them,
 * {@code -Dslipway.simulation.seed=N} begins with another, such as the one that a failure names.
 */
class SimulationTest {
  @TempDir(factory = MemoryFolder.class)
  Path root;

  @Test
  void whateverHappensThePromisesAreKept() {
    long first = Long.getLong("slipway.simulation.seed", 1);
    int count = Integer.getInteger("slipway.simulation.count", 150);
    for (long seed = first; seed < first + count; seed++) {
      try {
        new Simulation(root.resolve(Long.toString(seed)), seed).run();
      } catch (Exception | AssertionError failed) {
        throw new AssertionError(
            "with -Dslipway.simulation.seed=" + seed + ": " + failed.getMessage(), failed);
      }
    }
  }
}
