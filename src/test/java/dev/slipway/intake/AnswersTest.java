package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Json;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every answer that the listener gives, over a real connection. */
class AnswersTest {
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

  @Test
  void aSignedPushIsAccepted() throws Exception {
    Post push = Post.push();

    Wire.Answer answer = doorstep.exchange(push);

    assertEquals(202, answer.status());
    assertEquals("application/json", answer.header("Content-Type"));
    Path entry = doorstep.entries().getFirst();
    assertEquals(
        "{\"id\":\"72d3162e-cc78-11e3-81ab-4c9367dc0958\",\"entry\":\""
            + entry.getFileName()
            + "\"}",
        answer.body());
    assertTrue(entry.getFileName().toString().matches("[0-9]{19}\\.json"), entry.toString());
    assertEquals(
        "{\"id\":\"72d3162e-cc78-11e3-81ab-4c9367dc0958\",\"event\":\"push\","
            + "\"received_at\":\"2026-11-21T12:00:00.123456789Z\",\"source\":\"webhook\","
            + "\"remote\":\"127.0.0.1\",\"payload\":{\"zen\":\"ö\"}}\n",
        Files.readString(entry));
    assertEquals(1, doorstep.listener.counts().accepted());
  }

  static Stream<Arguments> refusals() {
    Post push = Post.push();
    return Stream.of(
        Arguments.of("no signature", 400, push.without("X-Hub-Signature-256")),
        Arguments.of(
            "the SHA-1 signature alone",
            400,
            push.without("X-Hub-Signature-256").with("X-Hub-Signature", "sha1=" + "0".repeat(40))),
        Arguments.of("no event", 400, push.without("X-GitHub-Event")),
        Arguments.of("an event that is no word", 400, push.with("X-GitHub-Event", "a b")),
        Arguments.of("no delivery", 400, push.without("X-GitHub-Delivery")),
        Arguments.of("an empty delivery", 400, push.id("")),
        Arguments.of("a delivery of 65", 400, push.id("a".repeat(65))),
        Arguments.of("a delivery with a slash", 400, push.id("../../x")),
        Arguments.of("an empty body", 400, push.body("")),
        Arguments.of("an array", 400, push.body("[]")),
        Arguments.of("no JSON", 400, push.body("zen")),
        Arguments.of("JSON cut off", 400, push.body("{\"a\":")),
        Arguments.of("something behind the object", 400, push.body("{} {}")),
        Arguments.of("a byte order mark", 400, push.body("\ufeff{}")),
        Arguments.of("UTF-16", 400, push.body("{}".getBytes(UTF_16BE))),
        Arguments.of("no UTF-8", 400, push.body("{\"a\":\"ö\"}".getBytes(ISO_8859_1))),
        Arguments.of("a nesting bomb", 400, push.body("{\"a\":" + "[".repeat(100_000))),
        Arguments.of("a malformed form", 400, form(push, "payload=%zz")),
        Arguments.of("two payloads", 400, form(push, "payload={}&payload={}")),
        Arguments.of("a payload that is no object", 400, form(push, "payload=[]")),
        Arguments.of("a payload that is no UTF-8", 400, form(push, "payload={\"a\":\"%ff\"}")),
        Arguments.of("a wrong signature", 403, push.signed(new Secret("other"))),
        Arguments.of("a malformed signature", 403, push.with("X-Hub-Signature-256", "sha256=0")),
        Arguments.of("a signature of something else", 403, changed(push)),
        Arguments.of("another path", 404, push.to("POST", "/github-webhook/")),
        Arguments.of("another path above it", 404, push.to("GET", "/github")),
        Arguments.of("another method", 405, push.to("PUT", Post.PATH)),
        Arguments.of("a body over the limit", 413, push.body(large(1))),
        Arguments.of("no type", 415, push.without("Content-Type")),
        Arguments.of("text", 415, push.with("Content-Type", "text/plain")),
        Arguments.of("a form without payload", 415, form(push, "other={}")),
        Arguments.of("an empty form", 415, form(push, "")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void aRefusalIsAProblemAndWritesNothing(String name, int status, Post post) throws Exception {
    Wire.Answer answer = doorstep.exchange(post);

    assertEquals(status, answer.status(), answer.body());
    assertEquals("application/problem+json", answer.header("Content-Type"));
    Map<String, ?> problem = Json.readObject(answer.body().getBytes(UTF_8));
    assertEquals(List.of("type", "title", "status", "detail"), List.copyOf(problem.keySet()));
    assertEquals("about:blank", problem.get("type"));
    assertEquals(status, problem.get("status"));
    assertFalse(answer.body().contains("Everybody"), answer.body());
    assertEquals(List.of(), doorstep.entries());
    assertEquals(Map.of(status, 1L), doorstep.listener.counts().refused());
    assertEquals(0, doorstep.listener.counts().accepted());
  }

  @Test
  void nothingIsSaidAboutABodyBeforeItsSignatureIsRight() throws Exception {
    Secret wrong = new Secret("other");

    assertEquals(403, doorstep.exchange(Post.push().body("zen").signed(wrong)).status());
    assertEquals(403, doorstep.exchange(form(Post.push(), "other=").signed(wrong)).status());
  }

  @Test
  void aFormIsAcceptedByItsRawBytes() throws Exception {
    Post form = form(Post.push(), "payload=%7B%22zen%22%3A%22a+b%2Bc+%C3%B6%22%7D");

    assertEquals(202, doorstep.exchange(form).status());

    String entry = Files.readString(doorstep.entries().getFirst());
    assertTrue(entry.endsWith(",\"payload\":{\"zen\":\"a b+c ö\"}}\n"), entry);
  }

  @Test
  void aBodyMayBeAsLongAsTheLimit() throws Exception {
    assertEquals(202, doorstep.exchange(Post.push().body(large(0))).status());
    assertEquals(
        202,
        Wire.exchange(doorstep.address(), Post.push().body(large(0)).chunked(10_000)).status());
    assertEquals(2, doorstep.entries().size());
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefusedAndTheConnectionEnded() throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send(Post.push().body(large(1)).chunked(10_000));

      Wire.Answer answer = wire.answer();
      assertEquals(413, answer.status());
      assertEquals("close", answer.header("Connection"));
      assertTrue(wire.isEnded());
    }
    assertEquals(List.of(), doorstep.entries());
  }

  @Test
  void aDeclaredLengthOverTheLimitIsRefusedBeforeTheBodyComes() throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send(Post.push().with("Content-Length", "26214401").rawHead());

      assertEquals(413, wire.answer().status());
    }
  }

  @Test
  void aSenderThatAsksFirstIsToldToGoOn() throws Exception {
    Post push = Post.push().with("Expect", "100-continue");
    try (Wire wire = doorstep.connect()) {
      wire.send(push.head());
      assertEquals(100, wire.answer().status());

      wire.send(push.bodyBytes());
      assertEquals(202, wire.answer().status());
    }
  }

  @Test
  void aSenderThatAsksFirstIsToldAtOnceThatItIsTooMuch() throws Exception {
    try (Wire wire = doorstep.connect()) {
      Post push = Post.push().with("Expect", "100-continue").with("Content-Length", "26214401");
      wire.send(push.rawHead());

      assertEquals(413, wire.answer().status());
      assertTrue(wire.isEnded());
    }
  }

  @Test
  void anAddressThatIsNotAllowedIsRefused() throws Exception {
    doorstep.admission.set(
        new Admission(
            List.of(Post.SECRET), Optional.of(List.of(AddressBlock.parse("192.30.252.0/22")))));

    assertEquals(403, doorstep.exchange(Post.push()).status());
    assertEquals(
        202, doorstep.exchange(Post.push().with("X-Forwarded-For", "192.30.253.7")).status());
    assertTrue(
        Files.readString(doorstep.entries().getFirst()).contains("\"remote\":\"192.30.253.7\""));
  }

  @Test
  void aNewSecretHoldsFromTheNextRequestOn() throws Exception {
    Secret fresh = new Secret("fresh");
    assertEquals(403, doorstep.exchange(Post.push().signed(fresh)).status());

    doorstep.admission.set(new Admission(List.of(Post.SECRET, fresh), Optional.empty()));
    assertEquals(202, doorstep.exchange(Post.push().signed(fresh)).status());
    assertEquals(202, doorstep.exchange(Post.push()).status());

    doorstep.admission.set(new Admission(List.of(fresh), Optional.empty()));
    assertEquals(403, doorstep.exchange(Post.push()).status());
  }

  @Test
  void whoKeepsSendingWrongSignaturesIsSentAwayButNeverWithARightOne() throws Exception {
    Post wrong = Post.push().signed(new Secret("other"));
    for (int i = 0; i < Offenders.TOLERATED; i++) {
      assertEquals(403, doorstep.exchange(wrong).status());
    }

    Wire.Answer answer = doorstep.exchange(wrong);
    assertEquals(429, answer.status());
    assertEquals("60", answer.header("Retry-After"));
    assertEquals(429, doorstep.exchange(wrong.with("X-Hub-Signature-256", "x")).status());
    assertEquals(202, doorstep.exchange(Post.push()).status());
    assertEquals(403, doorstep.exchange(wrong.with("X-Forwarded-For", "203.0.113.9")).status());

    doorstep.clock.advance(Offenders.WINDOW);
    assertEquals(403, doorstep.exchange(wrong).status());
  }

  @Test
  void aRedeliveryIsAcceptedToo() throws Exception {
    assertEquals(202, doorstep.exchange(Post.push()).status());
    assertEquals(202, doorstep.exchange(Post.push()).status());

    assertEquals(2, doorstep.entries().size());
  }

  @Test
  void theServiceNamesItself() throws Exception {
    Wire.Answer answer = get("/");

    assertEquals(200, answer.status());
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals(
        "{\"service\":\"slipway\",\"version\":\"1.2.3\",\"status\":\"ok\"}", answer.body());
    assertEquals("", answer.header("Server"));
    assertEquals("", answer.header("X-Powered-By"));
  }

  @Test
  void itIsAlive() throws Exception {
    doorstep.obstacles.set(List.of("The record store does not answer."));

    assertEquals(200, get("/healthz").status());
  }

  @Test
  void itIsReadyOrSaysWhyNot() throws Exception {
    assertEquals("{\"status\":\"ready\"}", get("/readyz").body());

    doorstep.obstacles.set(List.of("The record store does not answer.", "The disk is full."));
    Wire.Answer answer = get("/readyz");

    assertEquals(503, answer.status());
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertTrue(answer.body().contains("The record store does not answer. The disk is full."));
    assertFalse(answer.header("Retry-After").isEmpty());
    assertEquals(Map.of(), doorstep.listener.counts().refused());
  }

  @ParameterizedTest
  @CsvSource({"/", "/healthz", "/readyz"})
  void headWorksWhereGetDoes(String path) throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      Wire.Answer head = wire.answerToHead();
      assertEquals(200, head.status());

      wire.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      Wire.Answer get = wire.answer();
      assertEquals(get.header("Content-Length"), head.header("Content-Length"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 'GET, HEAD'",
    "DELETE, /healthz, 'GET, HEAD'",
    "OPTIONS, /readyz, 'GET, HEAD'",
    "GET, /github-webhook, POST",
    "HEAD, /github-webhook, POST",
    "DELETE, /github-webhook, POST"
  })
  void anotherMethodIsToldWhichWork(String method, String path, String allowed) throws Exception {
    try (Wire wire = doorstep.connect()) {
      wire.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
      Wire.Answer answer = method.equals("HEAD") ? wire.answerToHead() : wire.answer();

      assertEquals(405, answer.status());
      assertEquals(allowed, answer.header("Allow"));
    }
  }

  private Wire.Answer get(String path) throws Exception {
    return Wire.exchange(
        doorstep.address(), ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(UTF_8));
  }

  private static Post form(Post post, String body) {
    return post.with("Content-Type", "application/x-www-form-urlencoded").body(body);
  }

  private static Post changed(Post post) {
    Signature ofTheFirst = Signature.of(post.bodyBytes(), Post.SECRET);
    return post.body("{}").with("X-Hub-Signature-256", "sha256=" + ofTheFirst.hex());
  }

  /** A JSON object so many bytes longer than the limit. */
  private static String large(int over) {
    String object = "{\"a\":\"\"}";
    int filler = (int) Doorstep.MAX_BODY.bytes() + over - object.length();
    return "{\"a\":\"" + "x".repeat(filler) + "\"}";
  }
}
