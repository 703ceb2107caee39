package dev.slipway.intake;

import dev.slipway.vocabulary.Quoted;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address block in CIDR notation (RFC 4632, RFC 4291); a bare address is a block of one. An
 * IPv4 address mapped into IPv6 counts as the IPv4 address.
 */
public record AddressBlock(String network, int prefix) {
  // The platform's own reader also takes 10 for 0.0.0.10 and follows zones of interfaces.
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 =
      Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:]{2,39}([0-9.]{7,15})?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

  public AddressBlock {
    int width = HexFormat.of().parseHex(network).length * 8;
    if (prefix < 0 || prefix > width) {
      throw new IllegalArgumentException("a prefix length is 0 to " + width + ", not " + prefix);
    }
  }

  /** Reads {@code 192.30.252.0/22}, {@code 2a0a:a440::/29}, {@code 127.0.0.1}; no host names. */
  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty() || (slash >= 0 && !LENGTH.matcher(length).matches())) {
      throw new IllegalArgumentException(
          "an address or a block such as 192.0.2.0/24, not " + Quoted.of(text));
    }
    byte[] bytes = address.get().getAddress();
    return new AddressBlock(
        HexFormat.of().formatHex(bytes), slash < 0 ? bytes.length * 8 : Integer.parseInt(length));
  }

  /** The address that is written in full as text; empty for anything else, such as a name. */
  static Optional<InetAddress> address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** Whether the address lies in the block. */
  public boolean contains(InetAddress address) {
    byte[] wanted = HexFormat.of().parseHex(network);
    byte[] bytes = address.getAddress();
    if (bytes.length != wanted.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
      if (((bytes[bit / 8] ^ wanted[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
