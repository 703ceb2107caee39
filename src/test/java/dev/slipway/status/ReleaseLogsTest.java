package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseLogsTest {
  private static final ReleaseNumber FIRST = new ReleaseNumber(1);

  @TempDir Path root;
  private Scene scene;
  private ReleaseLogs logs;

  @BeforeEach
  void setUp() throws IOException {
    scene = new Scene(root);
    logs = new ReleaseLogs(scene.sources);
  }

  @Test
  void linesAreNumberedFromOne() throws Exception {
    scene.log(1, Scene.line("a") + Scene.line("b"));
    assertEquals(List.of(1L, 2L), tail().next().stream().map(LogTail.Line::number).toList());
  }

  @Test
  void aLineCountsOnceItsEndIsThere() throws Exception {
    String line = Scene.line("a");
    scene.log(1, line.substring(0, 20));
    LogTail tail = tail();
    assertEquals(List.of(), tail.next());
    scene.log(1, line.substring(20));
    assertEquals(line.strip(), tail.next().getFirst().json());
  }

  @Test
  void aTornLineIsLeftOutAndCounted() throws Exception {
    scene.log(1, Scene.line("a") + "{\"at\":\"2026-\n" + Scene.completed("interrupted"));
    assertEquals(List.of(1L, 3L), tail().next().stream().map(LogTail.Line::number).toList());
  }

  @Test
  void aLineWhoseTimeIsNoneIsLeftOut() throws Exception {
    scene.log(1, Scene.line("a").replace("2026-11-21T10:00:00Z", "soon") + Scene.line("b"));
    assertEquals(List.of(2L), tail().next().stream().map(LogTail.Line::number).toList());
  }

  @Test
  void aLongLogIsReadInParts() throws Exception {
    String line = Scene.line("x".repeat(1_000));
    scene.log(1, line.repeat(1_000) + Scene.completed("succeeded"));
    LogTail tail = tail();
    List<LogTail.Line> all = new ArrayList<>();
    int parts = 0;
    for (List<LogTail.Line> part = tail.next(); !part.isEmpty(); part = tail.next()) {
      all.addAll(part);
      parts++;
    }
    assertEquals(1_001, all.size());
    assertTrue(parts > 1);
    assertEquals(1_001, all.getLast().number());
    assertTrue(tail.isComplete());
  }

  @Test
  void linesThatWereSeenAreSkipped() throws Exception {
    scene.log(1, Scene.line("a") + Scene.line("b") + Scene.completed("succeeded"));
    LogTail tail = tail();
    tail.skip(2);
    assertEquals(List.of(3L), tail.next().stream().map(LogTail.Line::number).toList());
  }

  @Test
  void onceAllWasSeenTheLogIsCompleteWithoutAnotherLine() throws Exception {
    scene.log(1, Scene.line("a") + Scene.completed("succeeded"));
    LogTail tail = tail();
    tail.skip(2);
    assertEquals(List.of(), tail.next());
    assertTrue(tail.isComplete());
  }

  @Test
  void whatIsNoLogEndsTheReading() throws Exception {
    scene.log(1, "x".repeat(5 << 20));
    LogTail tail = tail();
    assertThrows(IOException.class, tail::next);
  }

  @Test
  void aReleaseThatJustBeganHasALogThatIsStillEmpty() throws Exception {
    scene.release(1, ReleaseState.RUNNING);
    assertEquals(List.of(), tail().next());
  }

  @Test
  void theLogOfAReleaseElsewhereIsMissingWithTheHostsName() throws Exception {
    scene.release(1, ReleaseState.SUCCEEDED);
    ReleaseLogs.Found.Missing missing =
        assertInstanceOf(ReleaseLogs.Found.Missing.class, logs.find(Scene.SITE, FIRST));
    assertTrue(missing.reason().contains("host"), missing.reason());
  }

  @Test
  void aReleaseThatNeverWasIsUnknown() throws Exception {
    assertInstanceOf(ReleaseLogs.Found.Unknown.class, logs.find(Scene.SITE, FIRST));
  }

  @Test
  void aLogThatIsHereIsFoundWithoutTheRecordStore() throws Exception {
    scene.ledger.unavailable(true);
    assertThrows(LedgerUnavailable.class, () -> logs.find(Scene.SITE, FIRST));
    scene.log(1, Scene.line("a"));
    assertInstanceOf(ReleaseLogs.Found.Here.class, logs.find(Scene.SITE, FIRST));
  }

  @Test
  void followingGivesEachMessageOnceAndEndsWithTheLast() throws Exception {
    scene.release(1, ReleaseState.RUNNING);
    List<String> script =
        List.of(Scene.line("a"), Scene.line("b") + Scene.line("c"), Scene.completed("succeeded"));
    Recording follower = new Recording(script);
    assertEquals(ReleaseLogs.Ending.COMPLETED, logs.follow(Scene.SITE, FIRST, tail(), follower));
    assertEquals(List.of(1L, 2L, 3L, 4L), follower.numbers);
  }

  @Test
  void followingEndsWhenTheReleaseIsOverThoughItsLogHasNoLastMessage() throws Exception {
    ReleaseNumber number = scene.release(1, ReleaseState.RUNNING);
    Recording follower = new Recording(List.of(Scene.line("a")));
    follower.atRest(30, () -> scene.finish(number, ReleaseState.INTERRUPTED));
    assertEquals(ReleaseLogs.Ending.CUT_OFF, logs.follow(Scene.SITE, FIRST, tail(), follower));
    assertEquals(List.of(1L), follower.numbers);
  }

  @Test
  void theLastMessageIsWaitedForAWhileAfterTheRecord() throws Exception {
    ReleaseNumber number = scene.release(1, ReleaseState.RUNNING);
    Recording follower = new Recording(List.of());
    follower.atRest(1, () -> scene.finish(number, ReleaseState.SUCCEEDED));
    follower.atRest(ReleaseLogs.PATIENCE + 5, () -> scene.log(1, Scene.completed("succeeded")));
    assertEquals(ReleaseLogs.Ending.COMPLETED, logs.follow(Scene.SITE, FIRST, tail(), follower));
  }

  @Test
  void whileTheRecordStoreIsAwayFollowingGoesOn() throws Exception {
    scene.release(1, ReleaseState.RUNNING);
    LogTail tail = tail();
    scene.ledger.unavailable(true);
    Recording follower = new Recording(List.of());
    follower.atRest(ReleaseLogs.PATIENCE * 4, () -> scene.log(1, Scene.completed("succeeded")));
    assertEquals(ReleaseLogs.Ending.COMPLETED, logs.follow(Scene.SITE, FIRST, tail, follower));
    assertFalse(follower.numbers.isEmpty());
  }

  private LogTail tail() throws LedgerUnavailable {
    return assertInstanceOf(ReleaseLogs.Found.Here.class, logs.find(Scene.SITE, FIRST)).tail();
  }

  /** Something that happens while a follower rests. */
  private interface Happening {
    void happen() throws Exception;
  }

  /** Remembers what it was given; while it rests, the next part of a script is written. */
  private final class Recording implements ReleaseLogs.Follower {
    private record Planned(int rest, Happening happening) {}

    private final List<Long> numbers = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private int rests;

    Recording(List<String> script) {
      for (int i = 0; i < script.size(); i++) {
        String text = script.get(i);
        atRest(i + 1, () -> scene.log(1, text));
      }
    }

    void atRest(int rest, Happening happening) {
      planned.add(new Planned(rest, happening));
    }

    @Override
    public void take(List<LogTail.Line> lines) {
      lines.forEach(line -> numbers.add(line.number()));
    }

    @Override
    public void rest() throws IOException {
      rests++;
      assertTrue(rests < 1_000, "it never ends");
      for (Planned plan : planned) {
        if (plan.rest() == rests) {
          try {
            plan.happening().happen();
          } catch (Exception broken) {
            throw new IOException(broken);
          }
        }
      }
    }
  }
}
