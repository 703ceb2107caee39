package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.slipway.fuzz.Fuzz;
import dev.slipway.vocabulary.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void aSecretIsFoundInTheFormsThatProgramsPrint() {
    String secret = "It's \"a\" secret/of+mine ö!";
    for (String form :
        List.of(
            secret,
            "It's \\\"a\\\" secret/of+mine ö!",
            "It's \\\"a\\\" secret\\/of+mine ö!",
            "It'\\''s \"a\" secret/of+mine ö!",
            "It%27s+%22a%22+secret%2Fof%2Bmine+%C3%B6%21",
            "It%27s%20%22a%22%20secret%2Fof%2Bmine%20%C3%B6%21",
            "It%27s%20%22a%22%20secret%2fof%2bmine%20%c3%b6%21",
            "It's%20%22a%22%20secret%2Fof%2Bmine%20%C3%B6!")) {
      assertEquals("<***>", masked("<" + form + ">", secret), form);
    }
  }

  @Test
  void aSecretIsFoundInBase64WhereverItBegins() {
    String secret = "swordfish?>~~~";
    for (String before : List.of("", "a", "ab", "abc", "user:", "x-access-token:")) {
      for (String behind : List.of("", "!", "!!", "and more of it")) {
        byte[] bytes = (before + secret + behind).getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder :
            List.of(
                Base64.getEncoder(),
                Base64.getEncoder().withoutPadding(),
                Base64.getUrlEncoder())) {
          assertEquals(
              "Authorization: Basic *** sent",
              masked("Authorization: Basic " + encoder.encodeToString(bytes) + " sent", secret));
        }
      }
    }
  }

  @Test
  void aShortSecretIsNotLookedForInEncodedText() {
    assertEquals("c3dvcmQ", masked("c3dvcmQ", "sword"));
    assertEquals("***", masked("sword", "sword"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://ann:hunter@example.org/x, https://ann:***@example.org/x",
    "https://ann:h@nter@example.org/x, https://ann:***@example.org/x",
    "redis://:hunter@cache:6379, redis://:***@cache:6379",
    "postgres://u:p@h/d and amqp://u:q@h, postgres://u:***@h/d and amqp://u:***@h",
    "https://ghp_0123456789abcdefghij@github.com/x, https://***@github.com/x",
    "https://ghp_0123456789abcdefghij:x-oauth-basic@github.com/x, https://***@github.com/x",
    "https://ghp_0123456789abcdefghij:@github.com/x, https://***@github.com/x",
    "ssh://git@github.com/x, ssh://git@github.com/x",
    "https://ann@example.org/x, https://ann@example.org/x",
    "https://example.org:8080/a@b:c, https://example.org:8080/a@b:c",
    "see https://example.org or mail ann@example.org, see https://example.org or mail"
        + " ann@example.org",
  })
  void aPasswordInAnAddressIsMaskedWhoeversItIs(String text, String shown) {
    assertEquals(shown, masked(text));
  }

  @Test
  void thePasswordInASecretAddressCountsByItself() {
    String address = "rediss://slipway:hid%2Fden%21@cache.example.org:6380/2";
    assertEquals("***", masked(address, address));
    assertEquals("AUTH *** or ***", masked("AUTH hid%2Fden%21 or hid/den!", address));
    assertEquals("cache.example.org", masked("cache.example.org", address));
  }

  @Test
  void variablesWhoseNamesSayThatTheyAreSecretAreMasked() {
    Masker masker =
        new Masker(List.of())
            .and(
                Map.of(
                    "API_KEY", "0123456789",
                    "db_pwd", "correct horse",
                    "USE_TOKEN", "true",
                    "NODE_ENV", "production",
                    "OLDPWD", "/srv/website",
                    "DATABASE_URL", "postgres://u:battery-staple@h/d"));
    assertEquals(
        "*** *** true production /srv/website ***",
        masker.mask("0123456789 correct horse true production /srv/website battery-staple"));
  }

  @Test
  void ofATextThatGoesOnIsHeldWhatMayBeTheBeginningOfASecret() {
    Masker masker = new Masker(List.of(new Secret("swordfish")));
    assertEquals(new Masker.Cut("a ", "swordf"), masker.maskBeginning("a swordf"));
    assertEquals(new Masker.Cut("a swordf ", ""), masker.maskBeginning("a swordf "));
    assertEquals(new Masker.Cut("a ", "swordfish"), masker.maskBeginning("a swordfish"));
  }

  /** However output is cut, nothing of a secret that was printed is shown. */
  @Test
  void noSecretIsShownHoweverItsOutputIsCut() {
    Fuzz.check(
        2_000,
        random -> {
          List<String> secrets = new ArrayList<>();
          for (int i = 1 + random.nextInt(4); i > 0; i--) {
            secrets.add(word(random));
          }
          Masker masker = new Masker(secrets.stream().map(Secret::new).toList());
          StringBuilder printed = new StringBuilder();
          StringBuilder shown = new StringBuilder();
          String held = "";
          for (int i = random.nextInt(20); i > 0; i--) {
            String text =
                random.nextBoolean() ? word(random) : secrets.get(random.nextInt(secrets.size()));
            int cut = random.nextInt(text.length() + 1);
            for (String piece : List.of(text.substring(0, cut), text.substring(cut))) {
              Masker.Cut next = masker.maskBeginning(held + piece);
              printed.append(piece);
              shown.append(next.shown());
              held = next.held();
            }
          }
          shown.append(masker.mask(held));
          for (String secret : secrets) {
            assertFalse(
                shown.toString().contains(secret), secret + " of " + printed + " in " + shown);
          }
        });
  }

  private static String word(RandomGenerator random) {
    StringBuilder word = new StringBuilder();
    for (int i = 4 + random.nextInt(6); i > 0; i--) {
      word.append((char) ('p' + random.nextInt(4)));
    }
    return word.toString();
  }
}
