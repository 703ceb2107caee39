package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.time.Bell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WatchTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Watch.class);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Bell website = new Bell();
  private final Bell docs = new Bell();

  @TempDir private Path folder;
  private SpoolFixture spool;

  @BeforeEach
  void open() throws IOException {
    lines.start();
    LOGGER.addAppender(lines);
    LOGGER.setAdditive(false);
    spool = new SpoolFixture(folder).prepared();
    spool.spool().queue(SpoolFixture.DOCS);
  }

  @AfterEach
  void stopListening() {
    LOGGER.detachAppender(lines);
    LOGGER.setAdditive(true);
  }

  private Watch watch() {
    Watch watch = new Watch(spool.state());
    watch.wake("website", website::ring);
    watch.wake("docs", docs::ring);
    return watch;
  }

  @Test
  void aChangeWakesWhoWorksOnThatQueueAlone() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Watch watch = watch()) {
      watch.start(threads);
      spool.drop("website/" + spool.clock().nanos(), SpoolFixture.push("a"));

      assertTrue(website.rest(LONG));
      assertFalse(docs.rest(Duration.ZERO));
    }
  }

  @Test
  void whoIsForgottenIsNotWoken() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Watch watch = watch()) {
      watch.forget("docs");
      watch.start(threads);
      spool.drop("docs/a", SpoolFixture.push("a"));
      spool.drop("website/a", SpoolFixture.push("b"));

      assertTrue(website.rest(LONG));
      assertFalse(docs.rest(Duration.ZERO));
    }
  }

  @Test
  void whenTheWatchingStumblesEverybodyLooks() throws Exception {
    try (Watch watch = watch()) {
      watch.onException(new IOException("overflow"));

      assertTrue(website.rest(Duration.ZERO));
      assertTrue(docs.rest(Duration.ZERO));
    }
  }

  @Test
  void aWatchThatEndsByItselfSaysSo() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Watch watch = watch()) {
      watch.wake(
          "website",
          () -> {
            website.ring();
            throw new AssertionError("a bug");
          });
      watch.start(threads);
      spool.drop("website/a", SpoolFixture.push("a"));
      assertTrue(website.rest(LONG));
    }

    assertEquals(List.of("watching failed, sweeping every second instead reason={}"), said());
  }

  @Test
  void anOrdinaryEndIsNothingToSay() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Watch watch = watch()) {
      watch.start(threads);
    }

    assertEquals(List.of(), said());
  }

  @Test
  void whatCannotBeWatchedIsSaidOnceAndTriedAgain() throws Exception {
    AtomicBoolean isUsedUp = new AtomicBoolean(true);
    Watch.Opening scarce =
        () -> {
          if (isUsedUp.get()) {
            throw new IOException("User limit of inotify instances reached");
          }
          return folder.getFileSystem().newWatchService();
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Watch watch = new Watch(spool.state(), scarce)) {
      watch.wake("website", website::ring);
      watch.start(threads);
      String trouble = watch.trouble().orElseThrow();
      assertTrue(trouble.contains("swept every second") && trouble.contains("limit"), trouble);
      watch.keep(threads);
      assertEquals(Optional.of(trouble), watch.trouble());

      isUsedUp.set(false);
      watch.keep(threads);
      assertEquals(Optional.empty(), watch.trouble());
      assertTrue(website.rest(Duration.ZERO), "what came in between is looked for");
      spool.drop("website/" + spool.clock().nanos(), SpoolFixture.push("a"));
      assertTrue(website.rest(LONG));
    }
    assertEquals(
        List.of("watching failed, sweeping every second instead reason={}", "watching again"),
        said());
  }

  @Test
  void anOverflowIsSaidOnceUntilSomethingIsHeardAgain() throws Exception {
    try (Watch watch = watch()) {
      watch.onException(new IllegalStateException("overflow"));
      watch.onException(new IllegalStateException("overflow"));
      assertTrue(website.rest(Duration.ZERO));
      assertEquals(Optional.empty(), watch.trouble(), "everything is still watched");
    }
    assertEquals(List.of("watching stumbled, sweeping all queues reason={}"), said());
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getMessage).toList();
  }
}
