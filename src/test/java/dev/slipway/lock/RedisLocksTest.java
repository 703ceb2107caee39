package dev.slipway.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.time.Loop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;

/** Two hosts on one real Redis, with clocks that the tests move. */
class RedisLocksTest extends LocksContract {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final String KEY = "slipway:lock:deployment.website";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private final MemoryLocks hereBelow = new MemoryLocks();
  private final MemoryLocks thereBelow = new MemoryLocks();
  private RedisClient client;
  private RedisLocks here;
  private RedisLocks there;

  @BeforeEach
  void connect() {
    RedisSettings settings = TestRedis.shared().settings(TTL);
    client = TestRedis.shared().client();
    client.flushAll();
    here = new RedisLocks(hereBelow, settings, nanos::get);
    there = new RedisLocks(thereBelow, settings, nanos::get);
  }

  @AfterEach
  void disconnect() {
    there.close();
    here.close();
    client.close();
  }

  @Override
  Locks locks() {
    return here;
  }

  @Override
  Locks ofAnother() {
    return there;
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void theKeyHoldsATokenOfTheHoldersAndRunsOutByItself() throws Exception {
    try (Lease _ = taken(WEBSITE)) {
      String first = client.get(KEY);
      long left = client.pttl(KEY);
      assertTrue(left > 20_000 && left <= 30_000, "left: " + left);
      assertEquals(36, first.length());
    }
    assertFalse(client.exists(KEY));
  }

  @Test
  void fencingTokensGrow() throws Exception {
    for (long expected = 1; expected <= 3; expected++) {
      try (Lease lease = taken(WEBSITE)) {
        assertEquals(expected, lease.fencingToken());
      }
    }
    assertEquals("3", client.get("slipway:fence:deployment.website"));
  }

  @Test
  void theLockOfThisHostIsTakenFirstAndGivenBackWhenAnotherHostHasTheLease() throws Exception {
    try (Lease _ = ofAnother().tryAcquire(WEBSITE).orElseThrow()) {
      assertEquals(Optional.empty(), here.tryAcquire(WEBSITE));
      assertFalse(hereBelow.isTaken(WEBSITE));
    }
    try (Lease _ = hereBelow.tryAcquire(WEBSITE).orElseThrow()) {
      assertEquals(Optional.empty(), here.tryAcquire(WEBSITE));
      assertFalse(client.exists(KEY));
    }
  }

  @Test
  void renewalKeepsALeaseBeyondItsTime() throws Exception {
    try (Lease lease = taken(WEBSITE)) {
      Loop renewal = here.renewal();
      for (int i = 0; i < 10; i++) {
        client.pexpire(KEY, 5_000);
        pass(TTL.dividedBy(3));
        Duration rest = renewal.step();
        assertTrue(client.pttl(KEY) > 5_000);
        assertTrue(rest.compareTo(TTL.dividedBy(3)) < 0);
      }
      assertTrue(lease.isHeld());
    }
  }

  @Test
  void aLeaseThatIsStillFreshIsLeftAlone() throws Exception {
    try (Lease lease = taken(WEBSITE)) {
      client.pexpire(KEY, 5_000);
      pass(TTL.dividedBy(3).minusMillis(1));

      var _ = here.renewal().step();

      assertTrue(client.pttl(KEY) <= 5_000);
      assertTrue(lease.isHeld());
    }
  }

  @Test
  void withoutRenewalALeaseIsLostBeforeItsTimeIsOver() throws Exception {
    List<String> told = new ArrayList<>();
    try (Lease lease = taken(WEBSITE)) {
      lease.onLost(() -> told.add("lost"));

      pass(TTL.multipliedBy(9).dividedBy(10).minusMillis(1));
      assertTrue(lease.isHeld());
      pass(Duration.ofMillis(1));
      assertFalse(lease.isHeld());
      assertEquals(List.of("lost"), told);
    }
  }

  @Test
  void theLogSaysOnceThatALeaseIsLostByTheOwnClock() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(RedisLease.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try (Lease lease = taken(WEBSITE)) {
      pass(TTL);
      assertFalse(lease.isHeld());
      assertFalse(lease.isHeld());
    } finally {
      logger.detachAppender(lines);
    }
    assertEquals(
        List.of("[WARN] lease lost lock=deployment.website reason=\"it was not renewed in time\""),
        lines.list.stream().map(ILoggingEvent::toString).toList());
  }

  @Test
  void aProcessThatStoodStillDoesNotWakeUpBelievingThatItHolds() throws Exception {
    try (Lease lease = taken(WEBSITE)) {
      client.del(KEY);
      try (Lease other = there.tryAcquire(WEBSITE).orElseThrow()) {
        pass(TTL.multipliedBy(2));

        assertFalse(lease.isHeld());
        assertTrue(other.fencingToken() > lease.fencingToken());
        var _ = here.renewal().step();
        assertFalse(lease.isHeld());
      }
    }
  }

  @Test
  void aLeaseWhoseKeyIsGoneIsLostAtItsNextRenewal() throws Exception {
    List<String> told = new ArrayList<>();
    try (Lease lease = taken(WEBSITE)) {
      lease.onLost(() -> told.add("lost"));
      client.del(KEY);
      pass(TTL.dividedBy(3));

      var _ = here.renewal().step();
      var _ = here.renewal().step();

      assertFalse(lease.isHeld());
      lease.onLost(() -> told.add("lost before"));
      assertEquals(List.of("lost", "lost before"), told);
    }
  }

  @Test
  void aLostLeaseNeitherRenewsNorDeletesThatOfTheNextHolder() throws Exception {
    Lease lease = taken(WEBSITE);
    client.del(KEY);
    try (Lease next = there.tryAcquire(WEBSITE).orElseThrow()) {
      String token = client.get(KEY);
      client.pexpire(KEY, 5_000);
      pass(TTL.dividedBy(3));

      var _ = here.renewal().step();
      assertFalse(lease.isHeld());
      assertTrue(client.pttl(KEY) <= 5_000);

      lease.close();
      assertEquals(token, client.get(KEY));
      assertTrue(next.isHeld());
    }
  }

  @Test
  void aRedisThatIsDownGivesNoLockAndKeepsTheOneOfThisHostFree() throws Exception {
    try (TestRedis redis = TestRedis.started();
        RedisLocks locks = new RedisLocks(hereBelow, redis.settings(TTL), nanos::get)) {
      locks.tryAcquire(WEBSITE).orElseThrow().close();
      redis.stop();

      IOException said = assertThrows(IOException.class, () -> locks.tryAcquire(WEBSITE));

      assertTrue(
          String.valueOf(said.getMessage())
              .startsWith("Redis at " + redis.url() + " does not answer: "),
          said.getMessage());
      assertFalse(hereBelow.isTaken(WEBSITE));

      redis.start();
      locks.tryAcquire(WEBSITE).orElseThrow().close();
    }
  }

  @Test
  void whileRedisIsDownALeaseHoldsAsLongAsItIsCertainAndIsTriedMoreOften() throws Exception {
    try (TestRedis redis = TestRedis.started();
        RedisLocks locks = new RedisLocks(hereBelow, redis.settings(TTL), nanos::get);
        Lease lease = locks.tryAcquire(WEBSITE).orElseThrow()) {
      Loop renewal = locks.renewal();
      Duration usual = renewal.step();
      redis.stop();

      pass(TTL.dividedBy(3));
      assertTrue(renewal.step().compareTo(usual) < 0);
      assertTrue(lease.isHeld());

      List<String> told = new ArrayList<>();
      lease.onLost(() -> told.add("lost"));
      pass(TTL.multipliedBy(6).dividedBy(10));
      var _ = renewal.step();
      assertEquals(List.of("lost"), told);
      assertFalse(lease.isHeld());
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpSoon() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RedisLocks locks =
            new RedisLocks(
                hereBelow,
                RedisSettings.of("redis://:hunter2@127.0.0.1:" + silent.getLocalPort()),
                nanos::get)) {
      IOException said =
          assertTimeoutPreemptively(
              Duration.ofSeconds(5),
              () -> assertThrows(IOException.class, () -> locks.tryAcquire(WEBSITE)));

      assertTrue(String.valueOf(said.getMessage()).contains("does not answer"), said.getMessage());
      assertFalse(said.toString().contains("hunter2"));
    }
  }

  @Test
  void aPasswordThatIsRefusedIsSaidWithoutIt() {
    String url = TestRedis.shared().url().replace("redis://", "redis://stranger:hunter2@");
    try (RedisLocks locks = new RedisLocks(hereBelow, RedisSettings.of(url), nanos::get)) {
      IOException said = assertThrows(IOException.class, () -> locks.tryAcquire(WEBSITE));

      assertTrue(String.valueOf(said.getMessage()).contains("WRONGPASS"), said.getMessage());
      assertFalse(said.toString().contains("hunter2"));
    }
  }
}
