package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.vocabulary.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MaskerTest {
  private static String masked(String text, String... secrets) {
    return new Masker(Stream.of(secrets).map(Secret::new).toList()).mask(text);
  }

  @Test
  void everyPlaceOfASecretIsMasked() {
    assertEquals("*** and ***!", masked("swordfish and swordfish!", "swordfish"));
  }

  @Test
  void aTextWithoutSecretsStaysAsItIs() {
    assertEquals("nothing to see", masked("nothing to see", "swordfish"));
    assertEquals("nothing to see", new Masker(List.of()).mask("nothing to see"));
  }

  @Test
  void aSecretThatIsPartOfAnotherLeavesNothingOfIt() {
    assertEquals("x***y", masked("xsecret-longery", "secret", "secret-longer"));
    assertEquals("x***y", masked("xsecret-longery", "secret-longer", "secret"));
  }

  @Test
  void ofSecretsThatOverlapNothingIsShown() {
    assertEquals("<***>", masked("<abcdefgh>", "abcdef", "defgh"));
    assertEquals("<***>", masked("<aaaaaaa>", "aaaa"));
  }

  @Test
  void secretsSideBySideAreOneMask() {
    assertEquals("***.", masked("alphabravo.", "alpha", "bravo"));
  }

  @Test
  void ofASecretOfSeveralLinesEachLineIsMasked() {
    String key = "-----BEGIN KEY-----\n  c2VjcmV0\r\nbW9yZQ==\n\n-----END KEY-----\n";
    assertEquals("***", masked("c2VjcmV0", key));
    assertEquals("key: ***", masked("key: bW9yZQ==", key));
  }

  @Test
  void aTextTooShortToBeASecretIsLeftAlone() {
    assertEquals("the abc", masked("the abc", "abc"));
    assertEquals("the ***", masked("the abcd", "abcd"));
  }

  @Test
  void charactersOutsideTheBasicPlaneStayWhole() {
    assertEquals(
        "\ud83d\ude80*** \ud83d\ude80",
        masked("\ud83d\ude80pass\ud83d\ude80 \ud83d\ude80", "pass\ud83d\ude80"));
  }
}
