package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitIdTest {
  private static final String SHA_1 = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

  @Test
  void aFullObjectNameOfEitherHashIsACommit() {
    assertEquals(SHA_1, new CommitId(SHA_1).value());
    assertEquals(64, new CommitId("ab".repeat(32)).value().length());
    assertEquals(new CommitId(SHA_1), new CommitId(SHA_1.toUpperCase(java.util.Locale.ROOT)));
    assertEquals("6113728", new CommitId(SHA_1).brief());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "6113728",
        "HEAD",
        "6113728f27ae82c7b1a177c8d03f9e96e0adf24",
        "6113728f27ae82c7b1a177c8d03f9e96e0adf2460",
        "g113728f27ae82c7b1a177c8d03f9e96e0adf246",
        "6113728f27ae82c7b1a177c8d03f9e96e0adf246\n",
        "--upload-pack=x"
      })
  void anythingElseIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> new CommitId(text));
  }

  @Test
  void onlyZerosAreGitsNullName() {
    assertTrue(new CommitId("0".repeat(40)).isZero());
    assertTrue(new CommitId("0".repeat(64)).isZero());
    assertFalse(new CommitId("0".repeat(39) + "1").isZero());
  }
}
