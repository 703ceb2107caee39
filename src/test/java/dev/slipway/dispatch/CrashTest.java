package dev.slipway.dispatch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.disk.CrashingDisk.Crash;
import dev.slipway.disk.CrashingDisk.Operation;
import dev.slipway.disk.CrashingDisk.PowerLoss;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.vocabulary.EntryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The daemon's process ends before each single operation on the disk, with and without the power of
 * the machine, and the next life goes on: nothing accepted is lost, doubled, torn or reordered.
 */
class CrashTest {
  /** What happens before the part in question, the part itself, and what must hold at the end. */
  enum Scenario {
    ACCEPT(1) {
      @Override
      void act(Life life) throws Exception {
        life.accept("a", "b", "c");
      }
    },
    ROUTE_TO_ONE(1) {
      @Override
      void prepare(Life life) throws Exception {
        life.accept("a", "b");
      }

      @Override
      void act(Life life) throws Exception {
        life.dispatch();
      }
    },
    ROUTE_TO_SEVERAL(2) {
      @Override
      void prepare(Life life) throws Exception {
        life.accept("a", "b", "c");
      }

      @Override
      void act(Life life) throws Exception {
        life.dispatch();
      }
    },
    CLAIM_AND_DONE(1) {
      @Override
      void prepare(Life life) throws Exception {
        life.accept("a", "b");
        life.dispatch();
      }

      @Override
      void act(Life life) throws Exception {
        life.work();
      }
    },
    CLAIM_AND_PARK(1) {
      @Override
      void prepare(Life life) throws Exception {
        life.broken(true);
        life.accept("a", "b");
        life.dispatch();
      }

      @Override
      void act(Life life) throws Exception {
        life.work();
      }

      @Override
      void check(Life life) throws Exception {
        life.assertAllParked();
      }
    },
    RETRY(1) {
      @Override
      void prepare(Life life) throws Exception {
        life.broken(true);
        life.accept("a");
        life.goOn();
        life.broken(false);
      }

      @Override
      void act(Life life) throws Exception {
        retry(life);
        life.work();
      }

      @Override
      void check(Life life) throws Exception {
        // An operator whose command was cut off looks, and gives it again.
        retry(life);
        life.goOn();
        life.assertAllDeployed();
      }

      private void retry(Life life) throws Exception {
        for (EntryName name : life.spool.queue().failed()) {
          assertTrue(
              Files.exists(life.spool.place("website/failed/" + name + ".reason")),
              "what failed says why");
          life.spool.command().retry(name);
        }
      }
    },
    SUBMIT(1) {
      @Override
      void act(Life life) throws Exception {
        life.submit("a");
        life.submit("b");
      }
    },
    EVERYTHING_AT_ONCE(2) {
      @Override
      void act(Life life) throws Exception {
        life.accept("a", "b");
        life.dispatch();
        life.work();
        life.accept("c");
        life.dispatch();
        life.work();
      }
    };

    private final int deployments;

    Scenario(int deployments) {
      this.deployments = deployments;
    }

    void prepare(Life life) throws Exception {}

    abstract void act(Life life) throws Exception;

    void check(Life life) throws Exception {
      life.assertAllDeployed();
    }
  }

  private static final Logger DISPATCHER = (Logger) LoggerFactory.getLogger(Dispatcher.class);

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private int lives;

  @BeforeAll
  static void hush() {
    // Each life tells the same again.
    DISPATCHER.setLevel(Level.WARN);
  }

  @AfterAll
  static void speak() {
    DISPATCHER.setLevel(null);
  }

  private Life begin(Scenario scenario, boolean workersFirst) throws Exception {
    Life life = new Life(folder.resolve("life-" + lives++), scenario.deployments, workersFirst);
    scenario.prepare(life);
    return life;
  }

  @ParameterizedTest
  @EnumSource
  void whereverItCrashesNothingIsLostOrDoubled(Scenario scenario, TestReporter reporter)
      throws Exception {
    int points = crashPoints(scenario);
    assertTrue(points > 2, "crash points: " + points);
    for (PowerLoss loss : PowerLoss.values()) {
      for (boolean workersFirst : new boolean[] {false, true}) {
        for (int point = 0; point <= points; point++) {
          crash(scenario, loss, workersFirst, point);
        }
      }
    }
    reporter.publishEntry(scenario + ", crash points", Integer.toString(points + 1));
  }

  private int crashPoints(Scenario scenario) throws Exception {
    Life life = begin(scenario, false);
    int before = life.spool.disk().changes().size();
    scenario.act(life);
    int points = life.spool.disk().changes().size() - before;
    life.goOn();
    scenario.check(life);
    return points;
  }

  private void crash(Scenario scenario, PowerLoss loss, boolean workersFirst, int point)
      throws Exception {
    Life life = begin(scenario, workersFirst);
    // What was prepared is old: it is on storage.
    syncAll(life);
    int at = life.spool.disk().changes().size() + point;
    life.spool.disk().crashAt(at);
    String where = "after everything";
    try {
      scenario.act(life);
    } catch (Crash crash) {
      where = String.valueOf(crash.getMessage());
    }
    List<Operation> done = life.spool.disk().changes();
    try {
      life.end(loss);
      life.goOn();
      scenario.check(life);
    } catch (AssertionError | Exception broken) {
      throw new AssertionError(
          "%s, %s, workers %s, crash point %d, %s\n%s\n%s"
              .formatted(
                  scenario,
                  loss,
                  workersFirst ? "first" : "last",
                  point,
                  where,
                  done.subList(Math.max(0, at - point), done.size()),
                  life.spool.tree("")),
          broken);
    }
  }

  private static void syncAll(Life life) throws Exception {
    try (var folders = Files.walk(life.spool.state().root())) {
      for (Path each : folders.filter(Files::isDirectory).toList()) {
        life.spool.disk().sync(each);
      }
    }
  }
}
