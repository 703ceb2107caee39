package dev.slipway.lock;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Where leases are kept, and how long one holds without being renewed.
 *
 * @param url {@code redis://} or, with TLS, {@code rediss://}, then {@code
 *     [user:password@]host[:port][/database]}; the port is 6379 unless it is given
 * @param ttl one second to one hour
 */
public record RedisSettings(String url, Duration ttl) {
  /** How long a lease holds unless the settings say otherwise. */
  public static final Duration TTL = Duration.ofSeconds(30);

  private static final int PORT = 6379;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  public RedisSettings {
    URI uri = parse(url);
    boolean isScheme = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (!isScheme || uri.getHost() == null || !path.matches("/?|/[0-9]{1,4}")) {
      throw malformed();
    }
    if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a lease holds for one second to one hour, not for " + ttl);
    }
  }

  /** A server with the usual time for a lease. */
  public static RedisSettings of(String url) {
    return new RedisSettings(url, TTL);
  }

  /** How messages name it: without credentials. */
  public String place() {
    return uri().getScheme() + "://" + uri().getHost() + ":" + port();
  }

  URI uri() {
    return parse(url);
  }

  int port() {
    return uri().getPort() < 0 ? PORT : uri().getPort();
  }

  /** The URL may hold a password. */
  @Override
  public String toString() {
    return place() + " ttl=" + ttl;
  }

  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      // Its message would show the URL, and with it the password.
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "a Redis URL is redis://[user:password@]host[:port][/database], or rediss:// for TLS");
  }
}
