package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.CrashingDisk;
import dev.slipway.disk.CrashingDisk.PowerLoss;
import dev.slipway.disk.MemoryFolder;
import dev.slipway.disk.RealDisk;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One deployment, crashed before each operation on the disk, by a kill and by a power cut; then a
 * new daemon goes on, and must come to the same end as one that was never disturbed.
 */
class CrashTest {
  private static final String EVENT = "e-1";

  @TempDir(factory = MemoryFolder.class)
  Path root;

  private int scratches;

  /** What one deployment comes to. */
  enum Story {
    DEPLOYED(1, "deployed", ReleaseState.SUCCEEDED) {
      @Override
      Script step(Yard yard, EntryName name) {
        return Script.exits(0).printing("done");
      }
    },
    FAILED(1, "none", ReleaseState.FAILED) {
      @Override
      Script step(Yard yard, EntryName name) {
        return Script.exits(1).printing("no");
      }
    },
    RETRIED(3, "deployed", ReleaseState.SUCCEEDED) {
      @Override
      Script step(Yard yard, EntryName name) {
        return Script.exits(yard.ran.size() == 1 ? 1 : 0);
      }
    },
    CANCELLED(1, "cancelled", ReleaseState.CANCELLED) {
      @Override
      Script step(Yard yard, EntryName name) {
        try {
          yard.control().requestCancel(name, "wrong branch");
          Optional.ofNullable(yard.worker).orElseThrow().look();
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
        return Script.lasts();
      }
    };

    final int attempts;
    final String outcome;
    final ReleaseState end;

    Story(int attempts, String outcome, ReleaseState end) {
      this.attempts = attempts;
      this.outcome = outcome;
      this.end = end;
    }

    abstract Script step(Yard yard, EntryName name);
  }

  /** A yard in which one event waits, on a disk that is ready to crash. */
  private final class Scene {
    final Story story;
    final Yard yard;
    final EntryName name;
    CrashingDisk disk;

    Scene(Story story) throws Exception {
      this.story = story;
      scratches++;
      Path place = root.resolve(Integer.toString(scratches));
      yard = new Yard(place);
      name = yard.deliver(EVENT, 1);
      yard.onStep = launch -> story.step(yard, name);
      disk = crashing();
      yard.restart(disk);
    }

    private CrashingDisk crashing() throws IOException {
      scratches++;
      return new CrashingDisk(root.resolve("graves").resolve(Integer.toString(scratches)));
    }

    /** Works until all is done; false when the process ended before. */
    boolean work() throws Exception {
      try {
        yard.worker = yard.worker(Yard.conditions(story.attempts));
        for (int i = 0; i < 4; i++) {
          Yard.work(yard.worker);
          yard.clock.pass(Duration.ofMinutes(15));
        }
        return true;
      } catch (CrashingDisk.Crash crash) {
        return false;
      }
    }

    /** The next daemon, which crashes too if it comes so far. */
    void restart(PowerLoss loss, int crashAt) throws IOException {
      disk.losePower(loss);
      disk = crashing().crashAt(crashAt);
      yard.restart(disk);
    }

    /** The last daemon: what it leaves must be as promised. */
    void restartForGood(PowerLoss loss) throws Exception {
      disk.losePower(loss);
      yard.restart(new RealDisk());
      assertTrue(work());
      if (loss == PowerLoss.KEEPS_ALL) {
        // A power cut may bring it back; it harms nobody.
        assertEquals(Optional.empty(), yard.queue().retryOf(name));
      }
      check();
    }

    private void check() throws Exception {
      assertEquals(story.outcome, yard.outcome(EVENT));
      assertEquals(List.of(), yard.waiting());
      assertEquals(List.of(), yard.active());
      assertEquals(List.of(), yard.memory.running(Yard.HOST));
      assertEquals(Optional.empty(), yard.queue().unfinishedRun());
      assertFalse(yard.queue().isPending(Yard.id(EVENT)), "its mark is left");
      if (story == Story.FAILED) {
        assertEquals(List.of(name), yard.failed());
        assertTrue(yard.reason(name).contains("ended with exit code 1"), yard.reason(name));
      } else {
        assertEquals(List.of(), yard.failed());
        assertEquals(1, count(story.end), () -> "once " + story.end);
      }
      for (Release release : yard.releases()) {
        List<String> log = yard.log(release);
        long completed = log.stream().filter(line -> line.contains("\"completed\"")).count();
        assertEquals(1, completed, log::toString);
        assertTrue(log.getLast().contains("\"" + release.state().word() + "\""), log::toString);
      }
    }

    private long count(ReleaseState state) {
      try {
        return yard.states().stream().filter(state::equals).count();
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
    }
  }

  /** How many operations on the disk an undisturbed story takes. */
  private int operations(Story story) throws Exception {
    Scene scene = new Scene(story);
    int before = scene.disk.changes().size();
    assertTrue(scene.work());
    scene.check();
    return scene.disk.changes().size() - before;
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void aCrashBeforeAnyOperationChangesNothingOfTheOutcome(Story story) throws Exception {
    int operations = operations(story);
    for (PowerLoss loss : PowerLoss.values()) {
      for (int at = 0; at < operations; at++) {
        Scene scene = new Scene(story);
        int crash = scene.disk.changes().size() + at;
        scene.disk.crashAt(crash);
        String where = "%s, %s, crash before operation %d".formatted(story, loss, at);
        try {
          assertFalse(scene.work(), "it never came so far");
          scene.restartForGood(loss);
        } catch (Exception | AssertionError failed) {
          throw new AssertionError(where + ": " + operation(story, at), failed);
        }
      }
    }
    System.out.printf(
        "%s: %d crash points, each by %d kinds of loss%n",
        story, operations, PowerLoss.values().length);
  }

  private String operation(Story story, int at) throws Exception {
    Scene scene = new Scene(story);
    int before = scene.disk.changes().size();
    assertTrue(scene.work());
    return scene.disk.changes().get(before + at).below(scene.yard.root);
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void aCrashDuringTheRecoveryFromACrashDoesNotEither(Story story) throws Exception {
    int operations = operations(story);
    int points = 0;
    for (int at = 0; at < operations; at++) {
      boolean crashed = true;
      for (int again = 0; crashed; again++) {
        Scene scene = new Scene(story);
        scene.disk.crashAt(scene.disk.changes().size() + at);
        try {
          assertFalse(scene.work());
          scene.restart(PowerLoss.KEEPS_ALL, again);
          crashed = !scene.work();
          scene.restartForGood(PowerLoss.FORGETS_SOME);
        } catch (Exception | AssertionError failed) {
          throw new AssertionError(
              "%s, crash before operation %d, then %d".formatted(story, at, again), failed);
        }
        points++;
      }
    }
    System.out.printf("%s: %d pairs of crash points%n", story, points);
  }
}
