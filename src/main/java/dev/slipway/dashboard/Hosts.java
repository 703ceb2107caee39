package dev.slipway.dashboard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names under which the listener may be spoken to. A page of a stranger whose name was made to
 * point here (DNS rebinding) speaks to it under the stranger's name, and is refused. Immutable.
 */
final class Hosts {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Set<String> known = new HashSet<>();
  private final Set<String> encrypted = new HashSet<>();

  /**
   * @param listen the configured address
   * @param port the one that it really listens on
   * @param origin the public address, where a proxy stands before the listener
   */
  Hosts(String listen, int port, Optional<URI> origin) {
    for (String host : List.of(listen, "localhost", "127.0.0.1", "::1")) {
      known.addAll(names(host, port, HTTP));
    }
    origin.ifPresent(uri -> {
      boolean secure = "https".equalsIgnoreCase(uri.getScheme());
      int usual = secure ? HTTPS : HTTP;
      Set<String> names =
          names(String.valueOf(uri.getHost()), uri.getPort() < 0 ? usual : uri.getPort(), usual);
      known.addAll(names);
      encrypted.addAll(secure ? names : Set.of());
    });
  }

  /** All spellings of a host and port, where one port need not be written. */
  private static Set<String> names(String host, int port, int usual) {
    String name = bracketed(host.toLowerCase(Locale.ROOT));
    return port == usual ? Set.of(name, name + ":" + port) : Set.of(name + ":" + port);
  }

  /**
   * Whether a request's {@code Host} is one of this listener's.
   *
   * @param reached the address that the connection came in on: no name of a stranger can be it
   */
  boolean knows(String host, InetSocketAddress reached) {
    String asked = host.toLowerCase(Locale.ROOT);
    return known.contains(asked) || asked.equals(literal(reached));
  }

  /** Whether whoever speaks to this {@code Host} does so over TLS, up to a proxy. */
  boolean isEncrypted(String host) {
    return encrypted.contains(host.toLowerCase(Locale.ROOT));
  }

  private static String literal(InetSocketAddress reached) {
    InetAddress address = reached.getAddress();
    String text = address.getHostAddress();
    if (address instanceof Inet6Address) {
      int zone = text.indexOf('%');
      text = zone < 0 ? text : text.substring(0, zone);
    }
    return bracketed(text) + ":" + reached.getPort();
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
