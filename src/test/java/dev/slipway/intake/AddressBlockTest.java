package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.30.252.0/22, 192.30.252.0, true",
    "192.30.252.0/22, 192.30.255.255, true",
    "192.30.252.0/22, 192.31.0.0, false",
    "192.30.252.0/22, 192.30.251.255, false",
    "10.0.0.0/8, 10.255.0.1, true",
    "10.9.9.9/8, 10.1.1.1, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "127.0.0.1/32, ::ffff:127.0.0.1, true",
    "::ffff:127.0.0.1, 127.0.0.1, true",
    "2a0a:a440::/29, 2a0a:a447:ffff::1, true",
    "2a0a:a440::/29, 2a0a:a448::, false",
    "::1, ::1, true",
    "::/0, 203.0.113.9, false",
  })
  void aBlockHoldsWhatBeginsLikeIt(String block, String address, boolean held) {
    assertEquals(held, AddressBlock.parse(block).contains(InetAddress.ofLiteral(address)), block);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10",
        "10/8",
        "10.1/16",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/+8",
        "1.2.3.4/",
        "1.2.3.4/8/8",
        "::1/129",
        "fe80::1%eth0",
        "[::1]",
        "1.2.3.4:80",
        " 1.2.3.4",
        "github"
      })
  void whatIsNoBlockIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> AddressBlock.parse(text));
  }

  @Test
  void theRefusalNamesWhatWasFound() {
    Throwable refusal =
        assertThrows(IllegalArgumentException.class, () -> AddressBlock.parse("10/8"));

    assertTrue(String.valueOf(refusal.getMessage()).contains("\"10/8\""), refusal.getMessage());
  }
}
