package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are ambiguous, oversized, pipelined or no HTTP at all. */
@Timeout(30)
class WireFormatTest {
  @TempDir Path directory;
  private Doorstep doorstep;

  @BeforeEach
  void open() throws Exception {
    doorstep = new Doorstep(directory);
  }

  @AfterEach
  void close() throws Exception {
    doorstep.close();
  }

  static Stream<Arguments> smugglers() {
    String inner = "GET /inner HTTP/1.1\r\nHost: x\r\n\r\n";
    return Stream.of(
        Arguments.of("two lengths", "Content-Length: 5\r\nContent-Length: 6", "{}   " + inner),
        Arguments.of(
            "a length and chunks",
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "0\r\n\r\n" + inner),
        Arguments.of("two codings", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n" + inner),
        Arguments.of(
            "two lines of codings",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            "0\r\n\r\n" + inner),
        Arguments.of("an unknown coding", "Transfer-Encoding: xchunked", "0\r\n\r\n" + inner),
        Arguments.of("a space before the colon", "Content-Length : 5", "{}   " + inner),
        Arguments.of("a negative length", "Content-Length: -5", inner),
        Arguments.of("a signed length", "Content-Length: +5", "{}   " + inner),
        Arguments.of("a length that is no number", "Content-Length: five", inner),
        Arguments.of("a list of lengths", "Content-Length: 5, 5", "{}   " + inner));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smugglers")
  void anAmbiguousRequestIsRefusedAndNothingBehindItIsRead(String name, String framing, String rest)
      throws Exception {
    String head = new String(Post.push().rawHead(), ISO_8859_1);
    try (Wire wire = doorstep.connect()) {
      wire.send(head.replace("\r\n\r\n", "\r\n" + framing + "\r\n\r\n") + rest);

      assertEquals(400, wire.answer().status());
      assertTrue(wire.isEnded());
    }
    assertEquals(List.of(), doorstep.entries());
    assertEquals(0, doorstep.listener.counts().accepted());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "nonsense\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void whatIsNoRequestEndsTheConnection(String request) throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send(request);
      wire.halfClose();
      String answer = wire.rest();

      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/2.0", "http/1.1", "HTTP/11"})
  void aSignedPushInAnotherVersionOfHttpIsNotAccepted(String version) throws Exception {
    String push = new String(Post.push().bytes(), ISO_8859_1).replaceFirst("HTTP/1.1", version);
    try (Wire wire = doorstep.connect()) {
      String answer = wire.send(push).restUntilReset();
      assertFalse(answer.contains(" 202 "), answer);
    }
    assertEquals(List.of(), doorstep.entries());
  }

  @Test
  void headersAreBounded() throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send(Post.push().with("X-Large", "x".repeat(Limits.HEADER_BYTES)).bytes());
      String answer = wire.rest();
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 400 "), answer);
    }
    assertEquals(List.of(), doorstep.entries());
  }

  @Test
  void theNumberOfHeadersIsBounded() throws Exception {
    Post post = Post.push();
    for (int i = 0; i <= Limits.HEADERS; i++) {
      post = post.with("X-" + i, "x");
    }

    assertEquals(400, doorstep.exchange(post).status());
    assertEquals(List.of(), doorstep.entries());
  }

  @Test
  void pipelinedDeliveriesAreAnsweredInTheirOrder() throws Exception {
    try (Wire wire = doorstep.connect()) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < 20; i++) {
        all.writeBytes(Post.push().id("event-" + i).bytes());
      }
      wire.send(all.toByteArray());

      for (int i = 0; i < 20; i++) {
        Wire.Answer answer = wire.answer();
        assertEquals(202, answer.status());
        assertTrue(answer.body().startsWith("{\"id\":\"event-" + i + "\""), answer.body());
      }
    }
    assertEquals(20, doorstep.entries().size());
  }

  @Test
  void aConnectionServesOnAfterARefusalWhoseBodyWasRead() throws Exception {
    try (Wire wire = doorstep.connect()) {
      assertEquals(400, wire.send(Post.push().body("zen").bytes()).answer().status());
      assertEquals(202, wire.send(Post.push().bytes()).answer().status());
    }
  }

  @Test
  void http10IsServedToo() throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send("GET /healthz HTTP/1.0\r\n\r\n");
      assertEquals(200, wire.answer().status());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void aBodyInManySmallPiecesIsPutTogether() throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send(Post.push().chunked(1));
      assertEquals(202, wire.answer().status());
    }
    String entry = Files.readString(doorstep.entries().getFirst());
    assertTrue(entry.endsWith("\"payload\":{\"zen\":\"ö\"}}\n"), entry);
  }
}
