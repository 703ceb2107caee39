package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slow and half-open clients are cut off, and hold nothing up. */
@Timeout(30)
class PatienceTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(150);

  @TempDir Path directory;

  @Test
  void aConnectionWithoutARequestIsEnded() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(SHORT, LONG, LONG));
        Wire wire = doorstep.connect()) {
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void aConnectionThatIsKeptAliveForNothingIsEnded() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(SHORT, LONG, LONG));
        Wire wire = doorstep.connect()) {
      assertEquals(202, wire.send(Post.push().bytes()).answer().status());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void headersThatStopAreCutOff() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, SHORT, LONG));
        Wire wire = doorstep.connect()) {
      wire.send("POST /github-webhook HTTP/1.1\r\nHost: x\r\nX-Git");
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void headersThatDripAreCutOff() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, SHORT, LONG));
        Wire wire = doorstep.connect()) {
      assertThrows(IOException.class, () -> drip(wire, "GET / HTTP/1.1\r\nX-A: "));
    }
  }

  @Test
  void aBodyThatStopsIsCutOff() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, LONG, SHORT));
        Wire wire = doorstep.connect()) {
      wire.send(Post.push().head()).send("{");

      assertEquals(408, wire.answer().status());
      assertTrue(wire.isEnded());
      assertEquals(List.of(), doorstep.entries());
    }
  }

  @Test
  void aBodyThatDripsIsCutOff() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, LONG, SHORT));
        Wire wire = doorstep.connect()) {
      Post endless = Post.push().with("Transfer-Encoding", "chunked");
      wire.send(endless.rawHead());

      assertThrows(IOException.class, () -> drip(wire, "1\r\na\r\n"));
      assertEquals(List.of(), doorstep.entries());
    }
  }

  @Test
  void theRestOfARefusedBodyIsNotReadForEver() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, LONG, SHORT));
        Wire wire = doorstep.connect()) {
      wire.send(Post.push().with("Content-Length", "26214401").rawHead());

      assertEquals(413, wire.answer().status());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void theBodyOfARequestThatHasNoneIsNotReadForEver() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, LONG, SHORT));
        Wire wire = doorstep.connect()) {
      wire.send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");

      assertEquals(200, wire.answer().status());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void aSenderThatGoesAwayInMidBodyLeavesNothingUnderWay() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, LONG, LONG))) {
      try (Wire wire = doorstep.connect()) {
        wire.send(Post.push().head()).send("{");
        wire.halfClose();
        assertTrue(wire.isEnded());
      }

      doorstep.listener.stopAccepting();
      assertTrue(doorstep.listener.drain(Duration.ofSeconds(20)));
      assertEquals(List.of(), doorstep.entries());
    }
  }

  @Test
  void aHundredDrippingSendersDoNotDelayAnother() throws Exception {
    try (Doorstep doorstep = open(Doorstep.limits(LONG, LONG, LONG))) {
      Wire[] slow = new Wire[100];
      for (int i = 0; i < slow.length; i++) {
        slow[i] = doorstep.connect().send(Post.push().head()).send("{");
      }

      assertEquals(202, doorstep.exchange(Post.push()).status());

      for (Wire wire : slow) {
        wire.close();
      }
    }
  }

  @Test
  void connectionsOverTheLimitWaitUntilOneEnds() throws Exception {
    Limits four = new Limits(SHORT, LONG, LONG, 4, Doorstep.LIMITS.memory());
    try (Doorstep doorstep = open(four)) {
      Wire[] silent = new Wire[8];
      for (int i = 0; i < silent.length; i++) {
        silent[i] = doorstep.connect();
      }

      assertEquals(202, doorstep.exchange(Post.push()).status());

      for (Wire wire : silent) {
        wire.close();
      }
    }
  }

  /** Sends so long as the other side takes it, each bit well within what a read timeout allows. */
  private static void drip(Wire wire, String bit) throws IOException {
    while (true) {
      wire.send(bit);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Doorstep open(Limits limits) throws IOException {
    return new Doorstep(directory, new RealDisk(), limits, Doorstep.MAX_BODY);
  }
}
