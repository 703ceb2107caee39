package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who is let in, on a listener that is really open. */
final class GateTest {
  private static final String PAUSE = "/api/v1/deployments/website/pause";

  @TempDir Path root;
  private Desk desk;

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(root);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/metrics",
        "/api/v1/deployments",
        "/api/v1/queues",
        "/nothing",
        "/badge/website.svg"
      })
  void withoutATokenNothingIsShown(String path) throws Exception {
    HttpResponse<String> answer = desk.send(desk.stranger(path));
    assertEquals(401, answer.statusCode());
    assertEquals(Optional.of("application/problem+json"), header(answer, "Content-Type"));
    assertTrue(header(answer, "WWW-Authenticate").orElse("").startsWith("Bearer"));
    assertTrue(answer.body().contains("\"status\":401"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong",
        "Bearer",
        "Bearer ",
        "Basic Y29ycmVjdC1ob3JzZQ==",
        "correct-horse"
      })
  void aWrongTokenOpensNothing(String authorization) throws Exception {
    assertEquals(
        401, desk.send(desk.stranger("/").header("Authorization", authorization)).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer " + Desk.TOKEN, "bearer " + Desk.TOKEN})
  void theTokenOpens(String authorization) throws Exception {
    assertEquals(
        200, desk.send(desk.stranger("/").header("Authorization", authorization)).statusCode());
  }

  @Test
  void aPostWithoutATokenChangesNothing() throws Exception {
    HttpRequest.Builder post = desk.stranger(PAUSE).POST(HttpRequest.BodyPublishers.ofString("{}"));
    assertEquals(401, desk.send(post).statusCode());
    assertFalse(desk.scene.queue().paused().isPresent());
  }

  @Test
  void whoeverSendsMuchWithoutATokenSeesTheAnswerAllTheSame() throws Exception {
    String answer =
        desk.raw(
            "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(PAUSE, desk.port(), 8 << 20, "x".repeat(8 << 20)));
    assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:%d", "127.0.0.1:1", "localhost"})
  void underAForeignNameNotEvenTheTokenOpens(String host) throws Exception {
    String answer = get("/", host.formatted(desk.port()));
    assertTrue(answer.startsWith("HTTP/1.1 421 "), answer);
    assertTrue(answer.contains("\"title\":\"Misdirected Request\""), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d", "[::1]:%d", "deploy.example.org"})
  void underItsOwnNamesItAnswers(String host) throws Exception {
    String answer = get("/", host.formatted(desk.port()));
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
  }

  @Test
  void theTokenIsTradedForASessionThatIsNotTheToken() throws Exception {
    HttpResponse<String> answer = desk.send(desk.stranger("/login?token=" + Desk.TOKEN));
    assertEquals(303, answer.statusCode());
    assertEquals(Optional.of("/"), header(answer, "Location"));
    assertEquals(Optional.of("no-referrer"), header(answer, "Referrer-Policy"));
    assertEquals(Optional.of("no-store"), header(answer, "Cache-Control"));
    String cookie = header(answer, "Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("; HttpOnly"), cookie);
    assertTrue(cookie.contains("; SameSite=Strict"), cookie);
    assertTrue(cookie.contains("; Path=/"), cookie);
    assertFalse(cookie.contains("; Secure"), cookie);
    assertFalse(cookie.contains(Desk.TOKEN), cookie);
    assertEquals(200, desk.send(desk.stranger("/").header("Cookie", pair(cookie))).statusCode());
  }

  @Test
  void behindTheEncryptedOriginTheSessionStaysEncrypted() throws Exception {
    String answer =
        desk.raw(
            "GET /login?token=%s HTTP/1.1\r\nHost: deploy.example.org\r\nConnection: close\r\n\r\n"
                .formatted(Desk.TOKEN));
    assertTrue(answer.startsWith("HTTP/1.1 303 "), answer);
    assertTrue(answer.contains("; Secure"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/login?token=", "/login?token=wrong"})
  void aWrongTokenMakesNoSession(String path) throws Exception {
    HttpResponse<String> answer = desk.send(desk.stranger(path));
    assertEquals(401, answer.statusCode());
    assertEquals(Optional.empty(), header(answer, "Set-Cookie"));
  }

  @Test
  void aMadeUpSessionOpensNothing() throws Exception {
    String session = Gate.COOKIE + "=9999999999." + "A".repeat(43);
    assertEquals(401, desk.send(desk.stranger("/").header("Cookie", session)).statusCode());
  }

  @Test
  void aPageOfItsOwnMayChangeThings() throws Exception {
    assertEquals(202, browserPost("Origin", "http://127.0.0.1:" + desk.port()));
    assertEquals(202, browserPost("Sec-Fetch-Site", "same-origin"));
  }

  @Test
  void aPageOfAStrangerMayNot() throws Exception {
    assertEquals(403, browserPost("Origin", "http://evil.example"));
    assertEquals(403, browserPost("Origin", "http://127.0.0.1:1"));
    assertEquals(403, browserPost("Origin", "null"));
    assertEquals(403, browserPost("Sec-Fetch-Site", "cross-site"));
    assertEquals(403, browserPost("Sec-Fetch-Site", "same-site"));
    assertEquals(403, browserPost("X-Nothing", "said"));
    assertFalse(desk.scene.queue().paused().isPresent());
  }

  @Test
  void everyAnswerKeepsABrowserFromDoingMoreThanShowingIt() throws Exception {
    for (HttpResponse<String> answer :
        List.of(desk.get("/"), desk.get("/nothing"), desk.send(desk.stranger("/")))) {
      assertEquals(Optional.of("nosniff"), header(answer, "X-Content-Type-Options"));
      assertEquals(Optional.of("no-store"), header(answer, "Cache-Control"));
      assertEquals(Optional.of("no-referrer"), header(answer, "Referrer-Policy"));
      assertTrue(header(answer, "Content-Security-Policy").orElse("").contains("'none'"));
    }
  }

  @Test
  void noLogLineEverHoldsTheToken() throws Exception {
    Logger everything = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = everything.getLevel();
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    everything.iteratorForAppenders().forEachRemaining(usual::add);
    usual.forEach(everything::detachAppender);
    everything.addAppender(lines);
    everything.setLevel(Level.DEBUG);
    try {
      desk.send(desk.stranger("/login?token=" + Desk.TOKEN));
      desk.get("/?token=" + Desk.TOKEN);
      desk.post(PAUSE, "{}");
      desk.raw("GET /login?token=" + Desk.TOKEN + " HTTP/1.1\r\nbroken\r\n\r\n");
    } finally {
      everything.setLevel(before);
      everything.detachAppender(lines);
      usual.forEach(everything::addAppender);
    }
    List<String> text = lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertTrue(text.stream().anyMatch(line -> line.contains("act=pause")), "it listens at all");
    assertEquals(List.of(), text.stream().filter(line -> line.contains(Desk.TOKEN)).toList());
  }

  private int browserPost(String header, String value) throws Exception {
    HttpResponse<String> login = desk.send(desk.stranger("/login?token=" + Desk.TOKEN));
    String session = pair(header(login, "Set-Cookie").orElseThrow());
    return desk.send(
            desk.stranger(PAUSE)
                .header("Cookie", session)
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }

  private String get(String path, String host) throws Exception {
    return desk.raw(
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
            .formatted(path, host, Desk.TOKEN));
  }

  private static String pair(String cookie) {
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static Optional<String> header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name);
  }
}
