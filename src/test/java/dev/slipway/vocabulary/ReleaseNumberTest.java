package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReleaseNumberTest {
  @Test
  void releasesAreCountedFromOneAndComparedAsNumbers() {
    assertEquals("12", new ReleaseNumber(12).toString());
    assertTrue(new ReleaseNumber(9).compareTo(new ReleaseNumber(10)) < 0);
    assertThrows(IllegalArgumentException.class, () -> new ReleaseNumber(0));
  }
}
