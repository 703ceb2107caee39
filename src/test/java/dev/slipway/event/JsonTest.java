package dev.slipway.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are written, and read back. */
class JsonTest {
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("text", "\"text\""),
        Arguments.of("ö €\u0001 \"\\", "\"ö €\\u0001 \\\"\\\\\""),
        Arguments.of("a\ud834b", "\"a\ufffdb\""),
        Arguments.of(
            "\u007f\u009b2J\u202e\u2066\u2028\ufeff",
            "\"\\u007f\\u009b2J\\u202e\\u2066\\u2028\\ufeff\""),
        Arguments.of("𝄞日本", "\"𝄞日本\""),
        Arguments.of(Map.of("\u009bk", 1), "{\"\\u009bk\":1}"),
        Arguments.of(true, "true"),
        Arguments.of(17, "17"),
        Arguments.of(1L << 60, "1152921504606846976"),
        Arguments.of(0.5, "0.5"),
        Arguments.of(Optional.empty(), "null"),
        Arguments.of(Optional.of("x"), "\"x\""),
        Arguments.of(Instant.parse("2025-11-21T06:20:00Z"), "\"2025-11-21T06:20:00Z\""),
        Arguments.of(Source.CLI, "\"CLI\""),
        Arguments.of(List.of(1, List.of()), "[1,[]]"),
        Arguments.of(Map.of("a", Map.of()), "{\"a\":{}}"),
        Arguments.of(
            new JsonObject().with("b", 1).with("a", Arrays.asList("x", null)),
            "{\"b\":1,\"a\":[\"x\",null]}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsOneLineOfJson(Object value, String json) {
    assertEquals(json, Json.write(value));
  }

  @Test
  void anObjectIsReadIntoMapsAndLists() {
    Map<String, ?> object =
        Json.readObject(
            "{\"a\":[1,2.5,true,null,{\"b\":\"\\u00e9\"}],\"n\":12345678901}".getBytes(UTF_8));

    assertEquals(Arrays.asList(1, 2.5, true, null, Map.of("b", "é")), object.get("a"));
    assertEquals(12345678901L, object.get("n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":", "{\"a\":[1,", "{} {}", "{\"a\":1,}"})
  void whatIsNoObjectIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.readObject(text.getBytes(UTF_8)));
  }

  @Test
  void aListIsReadWithAllThatIsInIt() {
    assertEquals(
        Arrays.asList(1, null, List.of("x"), Map.of("a", 2)),
        Json.readList("[1, null, [\"x\"], {\"a\": 2}]".getBytes(UTF_8)));
    assertEquals(List.of(), Json.readList("[]".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "1", "[", "[1,", "[1] []", "[1,]", "[{]"})
  void whatIsNoListIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.readList(text.getBytes(UTF_8)));
  }
}
