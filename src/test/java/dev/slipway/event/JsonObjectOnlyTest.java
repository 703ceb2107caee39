package dev.slipway.event;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as one JSON object in UTF-8, and what does not. */
class JsonObjectOnlyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"{}", " {\"a\":[1,2.5e3,null,true,{\"b\":\"\\u00e9\"}]}\n", "{\"k\":\"ö€𝄞\"}"})
  void anObjectIsOne(String text) {
    assertDoesNotThrow(() -> Json.requireObject(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "\"text\"",
        "null",
        "{",
        "{\"a\":1",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{}{}",
        "{} x",
        "{}]",
        "\ufeff{}",
        "{/**/}",
        "{\"a\":\"\u0000\"}"
      })
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.requireObject(text.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c0af", "eda080", "f4908080", "e282", "80"})
  void textThatIsNotUtf8IsNone(String hex) {
    String document = HexFormat.of().formatHex("{\"a\":\"".getBytes(UTF_8)) + hex + "227d";

    Throwable refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Json.requireObject(HexFormat.of().parseHex(document)));

    assertEquals("not UTF-8", refusal.getMessage());
  }

  @Test
  void anotherEncodingIsNone() {
    assertThrows(
        IllegalArgumentException.class, () -> Json.requireObject("{\"a\":1}".getBytes(UTF_16LE)));
  }

  @Test
  void nestingIsBounded() {
    String deep = "{\"a\":".repeat(Json.DEPTH - 1) + "{}" + "}".repeat(Json.DEPTH - 1);
    assertDoesNotThrow(() -> Json.requireObject(deep.getBytes(UTF_8)));

    String bomb = "{\"a\":" + "[".repeat(1_000_000);
    assertThrows(IllegalArgumentException.class, () -> Json.requireObject(bomb.getBytes(UTF_8)));
  }

  @Test
  void aRefusalDoesNotQuoteTheDocument() {
    Throwable refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Json.requireObject("{\"a\": hunter2}".getBytes(UTF_8)));

    assertFalse(String.valueOf(refusal.getMessage()).contains("hunter2"), refusal.getMessage());
  }

  @Test
  void whatWasWrittenIsRead() {
    String text = Json.write(new JsonObject().with("a", 1).with("b", "ö").with("c", Map.of()));

    assertEquals(Map.of("a", 1, "b", "ö", "c", Map.of()), Json.readObject(text.getBytes(UTF_8)));
  }
}
