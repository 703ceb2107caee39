package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @Test
  void ordinaryTextIsTheSameText() {
    String text = "ünïcode 𝄞\ttab 日本語 \"quoted\" \\ back";
    assertSame(text, Printable.of(text));
    assertSame(text, Printable.escaped(text));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00,
        0x07,
        0x08,
        0x0a,
        0x0d,
        0x1b,
        0x7f, // C0 and DEL
        0x80,
        0x85,
        0x90,
        0x9b,
        0x9d, // C1: NEL, DCS, CSI, OSC
        0xad,
        0x200b,
        0x200e,
        0x202a,
        0x202e,
        0x2066,
        0x2069,
        0xfeff, // invisible, direction
        0x2028,
        0x2029, // separators
        0xd834,
        0xdd1e, // halves of a pair
        0xe0041 // a tag
      })
  void whatIsMoreThanACharacterIsNotShown(int point) {
    String text = "a" + Character.toString(point) + "b";
    assertEquals("a\ufffdb", Printable.of(text));
    assertEquals("a" + String.format("\\u%04x", point) + "b", Printable.escaped(text));
  }
}
