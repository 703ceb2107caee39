package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.vocabulary.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the sender sees when the event cannot be brought to stable storage. */
class RefusingDiskTest {
  @TempDir Path directory;
  private final AtomicReference<String> refused = new AtomicReference<>("");

  @ParameterizedTest
  @ValueSource(strings = {"stage", "move", "sync"})
  void anEventThatIsNotDurableIsNotAccepted(String act) throws Exception {
    try (Doorstep doorstep = open()) {
      refused.set(act);

      Wire.Answer answer = doorstep.exchange(Post.push().id("first"));

      assertEquals(503, answer.status());
      assertEquals("30", answer.header("Retry-After"));
      assertEquals("application/problem+json", answer.header("Content-Type"));
      assertEquals(0, doorstep.listener.counts().accepted());

      refused.set("");
      assertEquals(202, doorstep.exchange(Post.push().id("second")).status());
    }
  }

  @Test
  void nothingIsLeftOfWhatAFullDiskRefused() throws Exception {
    try (Doorstep doorstep = open()) {
      refused.set("stage");
      for (int i = 0; i < 40; i++) {
        assertEquals(503, doorstep.exchange(Post.push()).status());
      }
      assertEquals(List.of(), doorstep.entries());

      refused.set("");
      assertEquals(202, doorstep.exchange(Post.push()).status());
      assertEquals(1, doorstep.entries().size());
    }
  }

  @Test
  void whatDiesOnTheWayHoldsNeitherTheEndNorTheRoomUp() throws Exception {
    AtomicBoolean dies = new AtomicBoolean();
    HookedDisk.Hook hook =
        act -> {
          if (act.equals("stage") && dies.get()) {
            throw new StackOverflowError("as deep JSON would");
          }
        };
    long body = 100 << 10;
    Limits limits =
        new Limits(
            Doorstep.LIMITS.idle(),
            Doorstep.LIMITS.head(),
            Doorstep.LIMITS.body(),
            Doorstep.LIMITS.connections(),
            new ByteSize(3 * body));
    Post large = Post.push().body("{\"a\":\"" + "x".repeat((int) body - 8) + "\"}");
    try (Doorstep doorstep =
        new Doorstep(directory, HookedDisk.with(hook), limits, Doorstep.MAX_BODY)) {
      dies.set(true);
      assertEquals(500, doorstep.exchange(large).status());
      assertEquals(500, doorstep.exchange(large).status());
      dies.set(false);
      assertEquals(202, doorstep.exchange(large).status());

      doorstep.listener.stopAccepting();
      assertTrue(doorstep.listener.drain(Duration.ofSeconds(5)));
    }
  }

  @Test
  void theLogSaysItOnceWhenItBeginsAndOnceWhenItEnds() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Webhook.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
    try (Doorstep doorstep = open()) {
      refused.set("stage");
      for (int i = 0; i < 3; i++) {
        doorstep.exchange(Post.push());
      }
      refused.set("");
      for (int i = 0; i < 3; i++) {
        doorstep.exchange(Post.push());
      }
    } finally {
      logger.detachAppender(lines);
    }

    assertEquals(
        List.of("ERROR", "INFO"), lines.list.stream().map(it -> it.getLevel().toString()).toList());
    assertTrue(lines.list.getFirst().getFormattedMessage().contains("takes no events"));
  }

  private Doorstep open() throws IOException {
    return new Doorstep(
        directory,
        HookedDisk.with(act -> {
          if (act.equals(refused.get())) {
            throw new IOException("No space left on device");
          }
        }),
        Doorstep.LIMITS,
        Doorstep.MAX_BODY);
  }
}
