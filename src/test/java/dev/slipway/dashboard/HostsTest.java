package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {
  private static final InetSocketAddress REACHED = at("127.0.0.1", 3401);
  private static final Optional<URI> ORIGIN = Optional.of(URI.create("https://deploy.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:3401",
        "localhost:3401",
        "LocalHost:3401",
        "[::1]:3401",
        "deploy.example.org",
        "deploy.example.org:443"
      })
  void itsOwnNamesAreKnown(String host) {
    assertTrue(new Hosts("127.0.0.1", 3401, ORIGIN).knows(host, REACHED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example:3401",
        "127.0.0.1",
        "127.0.0.1:3400",
        "localhost",
        "localhost:3401.evil.example",
        "deploy.example.org.evil.example",
        "deploy.example.org:3401",
        "192.0.2.1:3401"
      })
  void everyOtherNameIsForeign(String host) {
    assertFalse(new Hosts("127.0.0.1", 3401, ORIGIN).knows(host, REACHED));
  }

  @Test
  void onItsUsualPortTheNameAloneWillDo() {
    assertTrue(new Hosts("127.0.0.1", 80, Optional.empty()).knows("localhost", REACHED));
  }

  @Test
  void theAddressThatAConnectionCameInOnIsKnown() {
    Hosts hosts = new Hosts("0.0.0.0", 3401, Optional.empty());
    assertTrue(hosts.knows("192.0.2.1:3401", at("192.0.2.1", 3401)));
    assertTrue(hosts.knows("[2001:db8:0:0:0:0:0:1]:3401", at("2001:db8::1", 3401)));
    assertFalse(hosts.knows("192.0.2.2:3401", at("192.0.2.1", 3401)));
  }

  @Test
  void onlyTheOriginIsEncryptedAndOnlyIfItSaysSo() {
    Hosts hosts = new Hosts("127.0.0.1", 3401, ORIGIN);
    assertTrue(hosts.isEncrypted("Deploy.example.org"));
    assertFalse(hosts.isEncrypted("localhost:3401"));
    Hosts plain =
        new Hosts("127.0.0.1", 3401, Optional.of(URI.create("http://deploy.example.org:8080")));
    assertTrue(plain.knows("deploy.example.org:8080", REACHED));
    assertFalse(plain.isEncrypted("deploy.example.org:8080"));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
