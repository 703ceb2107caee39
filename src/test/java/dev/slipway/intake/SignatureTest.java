package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  /** The test values in GitHub's documentation. */
  private static final Secret SECRET = new Secret("It's a Secret to Everybody");

  private static final byte[] BODY = "Hello, World!".getBytes(UTF_8);
  private static final String HEX =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @Test
  void theDocumentedExampleIsGenuine() {
    Signature signature = Signature.parse("sha256=" + HEX).orElseThrow();

    assertTrue(signature.isOf(BODY, List.of(SECRET)));
    assertEquals(new Signature(HEX), Signature.of(BODY, SECRET));
  }

  @Test
  void anyOfSeveralSecretsWillDo() {
    Signature signature = new Signature(HEX);

    assertTrue(signature.isOf(BODY, List.of(new Secret("old"), SECRET, new Secret("new"))));
    assertFalse(signature.isOf(BODY, List.of(new Secret("old"), new Secret("new"))));
    assertFalse(signature.isOf(BODY, List.of()));
  }

  @Test
  void oneChangedByteOfTheBodyBreaksIt() {
    assertFalse(new Signature(HEX).isOf("Hello, World?".getBytes(UTF_8), List.of(SECRET)));
  }

  @Test
  void oneChangedDigitBreaksIt() {
    assertFalse(new Signature(HEX.substring(0, 63) + "8").isOf(BODY, List.of(SECRET)));
    assertFalse(new Signature("8" + HEX.substring(1)).isOf(BODY, List.of(SECRET)));
  }

  @Test
  void theCaseOfTheDigitsDoesNotMatter() {
    assertTrue(new Signature(HEX.toUpperCase(Locale.ROOT)).isOf(BODY, List.of(SECRET)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        HEX,
        "sha1=" + HEX,
        "SHA256=" + HEX,
        "sha256=" + HEX + "0",
        "sha256=" + HEX + ", sha256=" + HEX,
        "sha256= " + HEX,
        "sha256=g57107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"
      })
  void aMalformedHeaderIsNoSignature(String header) {
    assertEquals(Optional.empty(), Signature.parse(header));
  }
}
