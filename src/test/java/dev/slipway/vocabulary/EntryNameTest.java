package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1763706000123456789.json",
        "1763706000123456789.json.1",
        "by-hand",
        "with space",
        "with\nline",
        "ünï.json",
        "-rf",
        "paused.json",
        "9999999999999999999.json"
      })
  void whateverAnOperatorDropsInIsAnEntry(String name) {
    assertTrue(EntryName.isEntry(name));
    assertEquals(name, new EntryName(name).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".hidden.json",
        "a/b",
        "a\0b",
        "a\ud834",
        "paused",
        "1763706000123456789.json.reason",
        "1763706000123456789.json.cancel"
      })
  void whatBelongsToTheQueueItselfIsNone(String name) {
    assertFalse(EntryName.isEntry(name));
    assertThrows(IllegalArgumentException.class, () -> new EntryName(name));
  }

  @ParameterizedTest
  @CsvSource({
    "1763706000123456789, 1763706000123456789.json",
    "1, 0000000000000000001.json",
    "9223372036854775807, 9223372036854775807.json"
  })
  void aNameIsTheEpochInNanosecondsIn19Digits(long nanos, String name) {
    assertEquals(new EntryName(name), EntryName.at(nanos));
    assertEquals(OptionalLong.of(nanos), new EntryName(name).epochNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by-hand",
        "176370600012345678.json",
        "17637060001234567890.json",
        "1763706000123456789.json.1",
        "9223372036854775808.json",
        "9999999999999999999.json"
      })
  void aNameOfAnotherFormSaysNoTime(String name) {
    assertEquals(OptionalLong.empty(), new EntryName(name).epochNanos());
  }

  @Test
  void digitsAreTheSameInEveryLanguage() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertEquals("1763706000123456789.json", EntryName.at(1763706000123456789L).value());
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  @Test
  void namesAreOrderedByTime() {
    assertTrue(EntryName.at(999).compareTo(EntryName.at(1000)) < 0);
    assertTrue(EntryName.at(1).compareTo(EntryName.at(1).taken(1)) < 0);
    assertTrue(EntryName.at(1).taken(1).compareTo(EntryName.at(2)) < 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "𝄞"})
  void aLongNameIsCutForTheNumberBehindIt(String letter) {
    int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
    EntryName longest = new EntryName(letter.repeat(200 / bytes));

    assertThrows(IllegalArgumentException.class, () -> new EntryName(longest + letter));
    String taken = longest.taken(12).value();
    assertTrue(taken.endsWith(letter + ".12"), taken);
    assertTrue(taken.getBytes(StandardCharsets.UTF_8).length <= 200);
    assertEquals("a.1", new EntryName("a").taken(1).value());
  }
}
