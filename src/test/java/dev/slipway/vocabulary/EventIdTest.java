package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"72d3162e-cc78-11e3-81ab-4c9367dc0958", "A", "0", "-", "Ab-9"})
  void oneTo64LettersDigitsAndHyphensAreAnId(String text) {
    assertEquals(text, new EventId(text).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a b", "a_b", "é", "a\n", "$(id)"})
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new EventId(text));
  }

  @Test
  void anIdHasAtMost64Characters() {
    assertEquals(64, new EventId("x".repeat(64)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new EventId("x".repeat(65)));
  }
}
