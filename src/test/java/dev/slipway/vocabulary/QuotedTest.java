package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuotedTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "\"\""),
        Arguments.of("plain", "\"plain\""),
        Arguments.of("ünïcode 𝄞", "\"ünïcode 𝄞\""),
        Arguments.of("a\"b\\c", "\"a\\\"b\\\\c\""),
        Arguments.of("a\nb\tc", "\"a\\u000ab\\u0009c\""),
        Arguments.of("\u001b[31m", "\"\\u001b[31m\""),
        Arguments.of("\u009b31m", "\"\\u009b31m\""),
        Arguments.of("a\u202egnp", "\"a\\u202egnp\""),
        Arguments.of("a\u2028b", "\"a\\u2028b\""),
        Arguments.of("a\ud834", "\"a\\ud834\""),
        Arguments.of("\ufeffx", "\"\\ufeffx\""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void nothingInItCanPlayTricksOnATerminalOrALog(String text, String quoted) {
    assertEquals(quoted, Quoted.of(text));
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    assertEquals('"' + "x".repeat(100) + '"', Quoted.of("x".repeat(100)));
    assertEquals('"' + "𝄞".repeat(100) + "…\"", Quoted.of("𝄞".repeat(101)));
  }
}
