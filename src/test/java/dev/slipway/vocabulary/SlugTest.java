package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "website", "web-site-2", "a-", "dispatcher2"})
  void lettersDigitsAndHyphensAreASlug(String text) {
    assertEquals(text, new Slug(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-a",
        "A",
        "a b",
        "a/b",
        "../x",
        "a.b",
        "a_b",
        "ä",
        "a\n",
        "a\0",
        "$(id)",
        "dispatcher"
      })
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Slug(text));
  }

  @Test
  void aSlugHasAtMost63Characters() {
    assertEquals(63, new Slug("a".repeat(63)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new Slug("a".repeat(64)));
  }

  @Test
  void aRefusalQuotesWhatWasFoundHarmlessly() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Slug("\u001b[2Jx"));

    assertTrue(String.valueOf(refusal.getMessage()).endsWith("\"\\u001b[2Jx\""));
  }
}
