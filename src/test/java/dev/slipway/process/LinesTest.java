package dev.slipway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  private final List<String> seen = new ArrayList<>();
  private final Lines lines = new Lines((stream, text) -> seen.add(text), Output.Stream.STDOUT);

  private void feed(String text) {
    feed(text.getBytes(StandardCharsets.UTF_8));
  }

  private void feed(byte[] bytes) {
    lines.accept(bytes, bytes.length);
  }

  @Test
  void linesEndWithLfOrCrLf() {
    feed("one\ntwo\r\n\n\r\nfive");
    lines.finish();
    assertEquals(List.of("one", "two", "", "", "five"), seen);
  }

  @Test
  void aCrWithinALineStays() {
    feed("10%\r20%\rdone\n");
    assertEquals(List.of("10%\r20%\rdone"), seen);
  }

  @Test
  void theEndOfTheStreamAddsNoLine() {
    feed("one\n");
    lines.finish();
    assertEquals(List.of("one"), seen);
  }

  @Test
  void aLineOfExactlyOnePieceIsOneLine() {
    String full = "x".repeat(Lines.LIMIT);
    feed(full + "\n" + full + "\r\n" + full);
    lines.finish();
    assertEquals(List.of(full, full, full), seen);
  }

  @Test
  void anEndlessLineComesInPieces() {
    feed("x".repeat(3 * Lines.LIMIT + 1));
    lines.finish();
    assertEquals(
        List.of(Lines.LIMIT, Lines.LIMIT, Lines.LIMIT, 1),
        seen.stream().map(String::length).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ü", "€", "😀"})
  void noPieceEndsWithinACharacter(String character) {
    String text = "x" + character.repeat(Lines.LIMIT);
    feed(text);
    lines.finish();
    assertTrue(seen.size() > 1);
    assertEquals(text, String.join("", seen));
  }

  @Test
  void malformedBytesAreReplacedAndLoseNothingElse() {
    feed(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3, '\n', (byte) 0x80, '\n'});
    assertEquals(List.of("a\ufffdb\ufffd", "\ufffd"), seen);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itDoesNotMatterHowTheBytesArrive(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[100_000];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      // Few line ends, so that some lines are longer than a piece.
      bytes[i] = bytes[i] == '\n' && random.nextInt(64) > 0 ? (byte) 'n' : bytes[i];
    }
    feed(bytes);
    lines.finish();
    List<String> atOnce = List.copyOf(seen);
    seen.clear();
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(3000));
      feed(java.util.Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    lines.finish();
    assertEquals(atOnce, seen, "seed " + seed);
  }
}
