package dev.slipway.dashboard;

import dev.slipway.vocabulary.Secret;
import java.util.Optional;

/**
 * Where the admin listener listens, and the token that opens it.
 *
 * @param port 0: a free one
 * @param token absent: one is made and kept in the state directory
 */
public record Admin(String host, int port, Optional<Secret> token) {
  public static final int DEFAULT_PORT = 3401;

  public Admin {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
  }
}
