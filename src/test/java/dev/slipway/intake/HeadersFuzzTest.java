package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.fuzz.Fuzz;
import dev.slipway.fuzz.Nasty;
import dev.slipway.vocabulary.Printable;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and forms as nobody's client writes them. */
@Timeout(120)
class HeadersFuzzTest {
  private static final InetAddress PROXY = InetAddress.ofLiteral("127.0.0.1");
  private static final TrustedProxies TRUSTED =
      new TrustedProxies(List.of(AddressBlock.parse("127.0.0.1"), AddressBlock.parse("::1")));

  private static final Map<String, String> VALID =
      Map.of(
          Signature.HEADER,
          "sha256=" + "a1".repeat(32),
          Delivery.EVENT,
          "push",
          Delivery.DELIVERY,
          "72d3162e-cc78-11e3-81ab-4c9367dc0958",
          Delivery.CONTENT_TYPE,
          "application/json");

  @Test
  void headersAreADeliveryOrARefusalThatCanBeShown() {
    Fuzz.check(
        20_000,
        random -> {
          Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          VALID.forEach((name, value) -> headers.put(name, odd(random, value)));
          switch (Delivery.read(name -> headers.getOrDefault(name, List.of()), PROXY)) {
            case Delivery delivery -> {
              assertTrue(delivery.kind().matches("[a-z0-9_]{1,64}"), delivery.kind());
              assertTrue(delivery.id().value().matches("[A-Za-z0-9-]{1,64}"));
            }
            case Receipt.Refused refused -> {
              assertTrue(refused.status() == 400 || refused.status() == 415);
              assertEquals(Printable.of(refused.detail()), refused.detail());
            }
          }
        });
  }

  private static List<String> odd(RandomGenerator random, String value) {
    return switch (random.nextInt(6)) {
      case 0 -> List.of();
      case 1 -> List.of(value, value);
      case 2 -> List.of(Nasty.near(random, value));
      case 3 -> List.of(Nasty.text(random));
      default -> List.of(value);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha1=0123456789012345678901234567890123456789",
        "SHA256=",
        "sha256= ",
        " sha256=",
        "sha256:",
        "sha256=sha256=",
        "sha512=",
        "sha256=0x",
        "sha256=\uff10",
        ""
      })
  void onlyOneFormOfASignatureIsOne(String prefix) {
    assertEquals(Optional.empty(), Signature.parse(prefix + "a1".repeat(32)));
    assertEquals(Optional.empty(), Signature.parse("sha256=" + "a1".repeat(32) + prefix + ","));
  }

  @Test
  void anAddressIsOneOrTheHopThatSaysSo() {
    Fuzz.check(
        20_000,
        random -> {
          List<String> lines = new ArrayList<>();
          for (int i = random.nextInt(4); i > 0; i--) {
            lines.add(Nasty.near(random, Fuzz.any(random, ADDRESSES)));
          }
          InetAddress client = TRUSTED.client(PROXY, lines);
          String shown = client.getHostAddress();
          assertTrue(shown.matches("[0-9a-f.:]+"), () -> shown + " of " + lines);
        });
  }

  private static final String[] ADDRESSES = {
    "192.0.2.7", "127.0.0.1", "::1", "2001:db8::7", "::ffff:127.0.0.1", "::ffff:192.0.2.7",
    "192.0.2.7:443", "[2001:db8::7]:443", "fe80::1%eth0", "fe80::1%1", "unknown", "_hidden",
    "0177.0.0.1", "0x7f.1", "127.1", "2130706433", "192.0.2.7, 127.0.0.1", "for=192.0.2.7",
    "255.255.255.255", "0.0.0.0", "::", "1:2:3:4:5:6:7:8:9", "localhost", "example.org"
  };

  @Test
  void tenThousandHopsAreReadNoFurtherThanTrustGoes() {
    List<String> all = Collections.nCopies(10_000, "127.0.0.1, ::1, 127.0.0.1");
    assertEquals(PROXY, TRUSTED.client(PROXY, all));
    List<String> forged = new ArrayList<>(Collections.nCopies(10_000, "127.0.0.1"));
    forged.set(9_999, "127.0.0.1, 192.0.2.7");
    assertEquals(InetAddress.ofLiteral("192.0.2.7"), TRUSTED.client(PROXY, forged));
  }

  @Test
  void aFormIsDecodedOrRefused() {
    Fuzz.check(
        5_000,
        random -> {
          byte[] value = Nasty.bytes(random, 60);
          String encoded =
              URLEncoder.encode(
                  new String(value, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
          assertArrayEquals(value, FormPayload.of(ascii("a=1&payload=" + encoded + "&b")).get());
          try {
            FormPayload.of(ascii(Nasty.near(random, "a=1&payload=" + encoded + "&b=2")))
                .ifPresent(decoded -> assertTrue(decoded.length < 1 << 20));
          } catch (IllegalArgumentException refused) {
            String reason = String.valueOf(refused.getMessage());
            assertEquals(Printable.of(reason), reason);
          }
        });
  }

  @Test
  void formBombsAreCheap() {
    byte[] parameters = ascii("a=%41&".repeat(4 << 20));
    assertFalse(FormPayload.of(parameters).isPresent());
    byte[] escaped = ascii("payload=" + "%20".repeat(8 << 20));
    assertEquals(8 << 20, FormPayload.of(escaped).get().length);
    byte[] many = ascii("payload=x&".repeat(100_000));
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class, () -> FormPayload.of(many));
    byte[] ampersands = new byte[25 << 20];
    Arrays.fill(ampersands, (byte) '&');
    assertFalse(FormPayload.of(ampersands).isPresent());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
