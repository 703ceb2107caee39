package dev.slipway.intake;

import dev.slipway.vocabulary.ByteSize;
import java.util.List;

/**
 * Where the webhook listener listens.
 *
 * @param port 0: a free one
 * @param trustedProxies addresses and CIDR blocks whose {@code X-Forwarded-For} is believed
 * @param maxBody the largest request body; GitHub's own cap is 25 MiB
 */
public record Listen(String host, int port, List<AddressBlock> trustedProxies, ByteSize maxBody) {
  public static final int DEFAULT_PORT = 3400;
  public static final ByteSize DEFAULT_MAX_BODY = ByteSize.ofMiB(25);

  /**
   * An entry must stay readable ({@link dev.slipway.event.EntryCodec#LIMIT}), its head included.
   */
  public static final ByteSize LARGEST_MAX_BODY = ByteSize.ofMiB(63);

  public Listen {
    trustedProxies = List.copyOf(trustedProxies);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (maxBody.bytes() > LARGEST_MAX_BODY.bytes()) {
      throw new IllegalArgumentException(
          "max_body is at most " + LARGEST_MAX_BODY + ", not " + maxBody);
    }
  }
}
