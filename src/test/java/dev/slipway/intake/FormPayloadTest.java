package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormPayloadTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "payload=%7B%7D {}",
        "payload={} {}",
        "a=1&payload=%7b%22k%22:1%7d&b=2 {\"k\":1}",
        "payload=%C3%B6%F0%9D%84%9E ö𝄞",
        "payload=%2B%25%26%3D +%&=",
        "xpayload=no&payload=yes yes",
        "payload=a=b a=b",
        "&&payload=yes&& yes",
      })
  void thePayloadIsDecoded(String form, String payload) {
    assertEquals(Optional.of(payload), decoded(form));
  }

  @Test
  void aPlusIsASpace() {
    assertEquals(Optional.of(" a b "), decoded("payload=+a+b+"));
  }

  @Test
  void anEmptyPayloadIsThereAndEmpty() {
    assertEquals(Optional.of(""), decoded("payload="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "payload", "Payload=x", "a=payload=", "xpayload=1", "load=1"})
  void withoutTheFieldThereIsNone(String form) {
    assertEquals(Optional.empty(), decoded(form));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payload=%",
        "payload=ab%",
        "payload=%7",
        "payload=%7&7",
        "payload=%zz",
        "payload=%+1",
        "payload=a&payload=b"
      })
  void whatIsMalformedOrAmbiguousIsRefused(String form) {
    assertThrows(IllegalArgumentException.class, () -> decoded(form));
  }

  private static Optional<String> decoded(String form) {
    return FormPayload.of(form.getBytes(UTF_8)).map(bytes -> new String(bytes, UTF_8));
  }
}
