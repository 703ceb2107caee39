package dev.slipway.intake;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose {@code X-Forwarded-For} is believed. Each proxy appends the address it was
 * called from, so the header is read from the right, and only as far as trusted addresses say it:
 * what stands further left, anybody may have written.
 */
record TrustedProxies(List<AddressBlock> blocks) {
  static final String HEADER = "X-Forwarded-For";

  TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /**
   * The address that a request came from, as the last trusted hop saw it. Where that hop's word is
   * no address, the hop itself.
   *
   * @param peer who opened the connection
   * @param forwardedFor the header's lines, in order
   */
  InetAddress client(InetAddress peer, List<String> forwardedFor) {
    InetAddress client = peer;
    for (String line : forwardedFor.reversed()) {
      String[] hops = line.split(",", -1);
      for (int i = hops.length - 1; i >= 0; i--) {
        Optional<InetAddress> hop =
            trusts(client) ? AddressBlock.address(hops[i].strip()) : Optional.empty();
        if (hop.isEmpty()) {
          return client;
        }
        client = hop.get();
      }
    }
    return client;
  }

  private boolean trusts(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }
}
