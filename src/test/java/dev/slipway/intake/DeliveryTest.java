package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.intake.Receipt.Refused;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
  private static final InetAddress REMOTE = InetAddress.ofLiteral("203.0.113.9");

  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  DeliveryTest() {
    headers.put("X-Hub-Signature-256", List.of("sha256=" + "0".repeat(64)));
    headers.put("X-GitHub-Event", List.of("push"));
    headers.put("X-GitHub-Delivery", List.of("72d3162e-cc78-11e3-81ab-4c9367dc0958"));
    headers.put("Content-Type", List.of("application/json"));
  }

  @Test
  void theHeadersNameTheDelivery() {
    Delivery delivery = (Delivery) read();

    assertEquals("72d3162e-cc78-11e3-81ab-4c9367dc0958", delivery.id().value());
    assertEquals("push", delivery.kind());
    assertEquals(Delivery.Encoding.JSON, delivery.encoding());
    assertEquals(REMOTE, delivery.remote());
  }

  @ParameterizedTest
  @CsvSource({
    "X-Hub-Signature-256, 400",
    "X-GitHub-Event, 400",
    "X-GitHub-Delivery, 400",
    "Content-Type, 415",
  })
  void eachIsNeeded(String header, int status) {
    headers.remove(header);

    assertEquals(status, refusal());
  }

  @ParameterizedTest
  @CsvSource({"X-GitHub-Event, 400", "X-GitHub-Delivery, 400", "Content-Type, 415"})
  void twoOfThemContradictEachOther(String header, int status) {
    String value = Objects.requireNonNull(headers.get(header)).getFirst();
    headers.put(header, List.of(value, value));

    assertEquals(status, refusal());
  }

  @Test
  void twoSignaturesAreNone() {
    String value = Objects.requireNonNull(headers.get("X-Hub-Signature-256")).getFirst();
    headers.put("X-Hub-Signature-256", List.of(value, value));

    assertEquals(Optional.empty(), ((Delivery) read()).signature());
  }

  @Test
  void theOldSignatureDoesNotCount() {
    headers.put("X-Hub-Signature", Objects.requireNonNull(headers.remove("X-Hub-Signature-256")));

    assertEquals(400, refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Push", "push;rm", "../push", "push\u00e9", "a b"})
  void aKindIsAPlainWord(String kind) {
    headers.put("X-GitHub-Event", List.of(kind));

    assertEquals(400, refusal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "projects_v2_item", "pull_request_review_thread"})
  void theKindsThatGitHubHasAreKinds(String kind) {
    headers.put("X-GitHub-Event", List.of(kind));

    assertEquals(kind, ((Delivery) read()).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "../../etc", "a b", "a_b", "ä", "a\u0000"})
  void anIdIsLettersDigitsAndHyphens(String id) {
    headers.put("X-GitHub-Delivery", List.of(id));

    assertEquals(400, refusal());
  }

  @Test
  void anIdHasAtMost64Characters() {
    headers.put("X-GitHub-Delivery", List.of("a".repeat(64)));
    assertEquals("a".repeat(64), ((Delivery) read()).id().value());

    headers.put("X-GitHub-Delivery", List.of("a".repeat(65)));
    assertEquals(400, refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "application/json; charset=utf-8, JSON",
    "Application/JSON ;charset=UTF-8, JSON",
    "application/x-www-form-urlencoded, FORM",
    "APPLICATION/X-WWW-Form-UrlEncoded; charset=utf-8, FORM",
  })
  void parametersAndCaseOfTheTypeDoNotMatter(String type, Delivery.Encoding encoding) {
    headers.put("Content-Type", List.of(type));

    assertEquals(encoding, ((Delivery) read()).encoding());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/json2",
        "json",
        "application/xml, application/json"
      })
  void anyOtherTypeIsRefused(String type) {
    headers.put("Content-Type", List.of(type));

    assertEquals(415, refusal());
  }

  private Preamble read() {
    return Delivery.read(name -> headers.getOrDefault(name, List.of()), REMOTE);
  }

  private int refusal() {
    return ((Refused) read()).status();
  }
}
