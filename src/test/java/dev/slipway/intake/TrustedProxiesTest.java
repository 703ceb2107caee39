package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(
          Stream.of("127.0.0.1", "::1", "10.0.0.0/8").map(AddressBlock::parse).toList());

  @ParameterizedTest
  @CsvSource({
    // peer, header, client
    "203.0.113.9, 198.51.100.7, 203.0.113.9",
    "127.0.0.1, 198.51.100.7, 198.51.100.7",
    "::1, 198.51.100.7, 198.51.100.7",
    "127.0.0.1, '1.1.1.1, 198.51.100.7', 198.51.100.7",
    "127.0.0.1, '1.1.1.1, 198.51.100.7, 10.2.3.4', 198.51.100.7",
    "127.0.0.1, '1.1.1.1,198.51.100.7 ,\t10.2.3.4 ', 198.51.100.7",
    "127.0.0.1, '10.1.1.1, 10.2.2.2', 10.1.1.1",
    "127.0.0.1, '198.51.100.7, unknown', 127.0.0.1",
    "127.0.0.1, '198.51.100.7, unknown, 10.2.3.4', 10.2.3.4",
    "127.0.0.1, '198.51.100.7,', 127.0.0.1",
    "127.0.0.1, '', 127.0.0.1",
    "127.0.0.1, evil.example, 127.0.0.1",
    "127.0.0.1, '1', 127.0.0.1",
    "127.0.0.1, 198.51.100.7:4711, 127.0.0.1",
    "127.0.0.1, 2001:db8::5, 2001:db8:0:0:0:0:0:5",
    "127.0.0.1, '198.51.100.7, ::ffff:10.0.0.1', 198.51.100.7",
    "::ffff:127.0.0.1, 198.51.100.7, 198.51.100.7",
  })
  void theClientIsWhomTheLastTrustedHopSaw(String peer, String header, String client) {
    assertEquals(
        client, proxies.client(InetAddress.ofLiteral(peer), List.of(header)).getHostAddress());
  }

  @Test
  void severalHeaderLinesAreOneList() {
    InetAddress client =
        proxies.client(
            InetAddress.ofLiteral("127.0.0.1"),
            List.of("1.1.1.1, 198.51.100.7", "10.0.0.5, 10.0.0.6"));

    assertEquals("198.51.100.7", client.getHostAddress());
  }

  @Test
  void withoutAHeaderItIsThePeer() {
    assertEquals(
        "127.0.0.1",
        proxies.client(InetAddress.ofLiteral("127.0.0.1"), List.of()).getHostAddress());
  }
}
