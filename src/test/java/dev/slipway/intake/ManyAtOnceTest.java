package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Json;
import dev.slipway.vocabulary.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many deliveries, large ones, real ones, and the listener's end in the middle of them. */
@Timeout(60)
class ManyAtOnceTest {
  private static final int SENDERS = 64;
  private static final int EACH = 5;

  @TempDir Path directory;

  @Test
  void namesIncreaseInTheOrderOfTheAnswersThatEachSenderGot() throws Exception {
    try (Doorstep doorstep = new Doorstep(directory);
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> sent = new ArrayList<>();
      for (int sender = 0; sender < SENDERS; sender++) {
        String id = "sender-" + sender + "-";
        sent.add(senders.submit(() -> sendInTurn(doorstep, id)));
      }

      Set<String> acknowledged = new HashSet<>();
      for (Future<List<String>> one : sent) {
        List<String> names = one.get();
        assertEquals(names.stream().sorted().toList(), names);
        acknowledged.addAll(names);
      }

      Set<String> stored = new HashSet<>();
      for (Path entry : doorstep.entries()) {
        stored.add(entry.getFileName().toString());
        Json.requireObject(Files.readAllBytes(entry));
      }
      assertEquals(SENDERS * EACH, acknowledged.size());
      assertEquals(acknowledged, stored);
    }
  }

  private static List<String> sendInTurn(Doorstep doorstep, String id) throws IOException {
    List<String> names = new ArrayList<>();
    try (Wire wire = doorstep.connect()) {
      for (int i = 0; i < EACH; i++) {
        Wire.Answer answer = wire.send(Post.push().id(id + i).bytes()).answer();
        assertEquals(202, answer.status());
        names.add((String) Json.readObject(answer.body().getBytes(UTF_8)).get("entry"));
      }
    }
    return names;
  }

  @Test
  void everyRealPayloadIsStoredByteForByte() throws Exception {
    try (Doorstep doorstep = new Doorstep(directory);
        Stream<Path> files = Files.list(Path.of("src/test/resources/payloads"));
        Wire wire = doorstep.connect()) {
      List<Path> samples = files.filter(it -> it.toString().endsWith(".json")).sorted().toList();
      assertEquals(79, samples.size());
      for (Path sample : samples) {
        byte[] payload = Files.readAllBytes(sample);
        String kind = sample.getFileName().toString().split("\\.", 2)[0];

        Post post = Post.push().with("X-GitHub-Event", kind).body(payload);
        assertEquals(202, wire.send(post.bytes()).answer().status(), sample.toString());

        byte[] entry = Files.readAllBytes(doorstep.entries().getLast());
        String head = new String(entry, ISO_8859_1).split("\"payload\":", 2)[0];
        int start = head.length() + "\"payload\":".length();
        assertTrue(head.contains("\"event\":\"" + kind + "\""), head);
        assertArrayEquals(payload, Arrays.copyOfRange(entry, start, entry.length - 2));
      }
    }
  }

  @Test
  void largeBodiesUnderWayKeepOthersOfTheirKindOutButNoOrdinaryOne() throws Exception {
    ByteSize room = new ByteSize(Limits.RESERVE.bytes() + (4 << 20));
    Limits limits =
        new Limits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 100, room);
    Post large = Post.push().body("{\"a\":\"" + "x".repeat((2 << 20) - 8) + "\"}");
    Gate gate = new Gate("stage");
    try (Doorstep doorstep =
            new Doorstep(directory, HookedDisk.with(gate), limits, ByteSize.ofMiB(2));
        Wire holder = doorstep.connect()) {
      gate.holdTheNext();
      holder.send(large.bytes());
      gate.awaitHeld();

      Wire.Answer refused = doorstep.exchange(large);
      assertEquals(503, refused.status());
      assertEquals("10", refused.header("Retry-After"));
      assertEquals(202, doorstep.exchange(Post.push()).status());

      gate.open();
      assertEquals(202, holder.answer().status());
      assertEquals(202, doorstep.exchange(large).status());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoWritesAllBeforeReadingGetsTheRefusalOfALargeBodyAndNoReset(boolean declared)
      throws Exception {
    Post huge = Post.push().body("x".repeat(20 << 20));
    byte[] request = declared ? huge.bytes() : huge.chunked(1 << 16);
    try (Doorstep doorstep = new Doorstep(directory)) {
      for (int i = 0; i < 5; i++) {
        try (Wire wire = doorstep.connect()) {
          Wire.Answer answer = wire.send(request).answer();

          assertEquals(413, answer.status());
          assertEquals("close", answer.header("Connection"));
          assertTrue(wire.isEnded());
        }
      }
    }
  }

  @Test
  void whatIsUnderWayWhenTheListenerStopsIsStillAccepted() throws Exception {
    Gate gate = new Gate("move");
    try (Doorstep doorstep =
            new Doorstep(directory, HookedDisk.with(gate), Doorstep.LIMITS, Doorstep.MAX_BODY);
        Wire idle = doorstep.connect();
        Wire wire = doorstep.connect()) {
      gate.holdTheNext();
      idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      wire.send(Post.push().bytes());
      gate.awaitHeld();

      doorstep.listener.stopAccepting();

      assertThrows(IOException.class, doorstep::connect);
      Wire.Answer late = idle.send(Post.push().bytes()).answer();
      assertEquals(503, late.status());
      assertEquals("close", late.header("Connection"));
      assertFalse(doorstep.listener.drain(Duration.ofMillis(1)));

      gate.open();
      assertTrue(doorstep.listener.drain(Duration.ofSeconds(20)));
      assertEquals(202, wire.answer().status());
      assertEquals(1, doorstep.entries().size());
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (Doorstep doorstep = new Doorstep(directory)) {
      int port = doorstep.address().getPort();
      Listen taken = new Listen("127.0.0.1", port, List.of(), Doorstep.MAX_BODY);
      IOException refusal =
          assertThrows(
              IOException.class, () -> Listener.open(taken, doorstep.surroundings()).close());

      assertTrue(String.valueOf(refusal.getMessage()).contains(":" + port), refusal.getMessage());
    }
  }
}
