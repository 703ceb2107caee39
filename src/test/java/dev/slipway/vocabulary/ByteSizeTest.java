package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0B",
    "1024, 1024, 1KiB",
    "1B, 1, 1B",
    "1kB, 1000, 1000B",
    "1KB, 1000, 1000B",
    "2KiB, 2048, 2KiB",
    "25MB, 25000000, 25000000B",
    "25MiB, 26214400, 25MiB",
    "500 MiB, 524288000, 500MiB",
    "1GB, 1000000000, 1000000000B",
    "1GiB, 1073741824, 1GiB",
    "1TB, 1000000000000, 976562500KiB",
    "3TiB, 3298534883328, 3TiB",
    "1025KiB, 1049600, 1025KiB"
  })
  void aSizeIsANumberAndAUnit(String text, long bytes, String shown) {
    assertEquals(bytes, ByteSize.parse(text).bytes());
    assertEquals(shown, ByteSize.parse(text).toString());
    assertEquals(ByteSize.parse(text), ByteSize.parse(shown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MiB", "-1", "1.5MiB", "1  MiB", "1mib", "1 XB", "1e3", "١", "1MiB\n"})
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
  }

  @Test
  void aSizeThatNoNumberHoldsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse("999999999999999TiB"));
    assertThrows(IllegalArgumentException.class, () -> new ByteSize(-1));
    assertEquals(ByteSize.parse("25MiB"), ByteSize.ofMiB(25));
  }
}
