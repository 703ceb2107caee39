package dev.slipway.intake;

import dev.slipway.vocabulary.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Whose requests are accepted.
 *
 * @param secrets any of them may have signed the body; two while one is being rotated
 * @param allowFrom the blocks that requests may come from; absent: any, the signature decides
 */
public record Admission(List<Secret> secrets, Optional<List<AddressBlock>> allowFrom) {
  public Admission {
    secrets = List.copyOf(secrets);
    allowFrom = allowFrom.map(List::copyOf);
  }
}
