package dev.slipway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.time.Bell;
import dev.slipway.time.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CrewTest {
  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();

  /** A loop in the middle of a step that only an interrupt ends. */
  private Loop stubborn(String name, CountDownLatch begun) {
    return () -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException end) {
        ended.add(name);
        throw end;
      }
      return Duration.ZERO;
    };
  }

  @Test
  void loopsEndInTheReverseOrderOfTheirStart() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    try (Crew crew = new Crew(fatal::add)) {
      for (String name : List.of("first", "second", "third")) {
        var _ = crew.start(name, stubborn(name, begun), new Bell());
      }
      begun.await();
    }
    assertEquals(List.of("third", "second", "first"), ended);
    assertEquals(List.of(), fatal);
  }

  @Test
  void loopsThatRestEndWithoutBeingInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Crew.Member member;
    try (Crew crew = new Crew(fatal::add)) {
      member =
          crew.start(
              "resting",
              () -> {
                begun.countDown();
                return Duration.ofDays(1);
              },
              new Bell());
      begun.await();
      assertFalse(member.hasEnded());
    }
    assertTrue(member.hasEnded());
  }

  @Test
  void aMemberCanBeEndedAndWaitedForAlone() throws Exception {
    try (Crew crew = new Crew(fatal::add)) {
      Crew.Member member = crew.start("one", () -> Duration.ofDays(1), new Bell());
      assertFalse(member.join(Duration.ofMillis(1)));
      member.end();
      assertTrue(member.join(Duration.ofSeconds(5)));
    }
  }

  @Test
  void aLoopThatStartsAnotherDuringTheEndHoldsNothingUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    List<Crew.Member> late = new CopyOnWriteArrayList<>();
    List<String> ran = new CopyOnWriteArrayList<>();
    Crew crew = new Crew(fatal::add);
    var _ =
        crew.start(
            "parent",
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException end) {
                Loop child =
                    () -> {
                      ran.add("child");
                      return Duration.ZERO;
                    };
                late.add(crew.start("child", child, new Bell()));
              }
              return Duration.ZERO;
            },
            new Bell());
    begun.await();
    crew.close();
    assertTrue(late.getFirst().join(Duration.ofSeconds(5)));
    assertEquals(List.of(), ran);
  }

  @Test
  void closingTwiceIsAsGoodAsOnce() {
    Crew crew = new Crew(fatal::add);
    var _ = crew.start("one", () -> Duration.ofDays(1), new Bell());
    crew.close();
    crew.close();
  }
}
