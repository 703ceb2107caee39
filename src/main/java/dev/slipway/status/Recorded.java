package dev.slipway.status;

import dev.slipway.ledger.Release;
import java.util.Optional;

/** What the record store says of one deployment. */
public sealed interface Recorded {
  /**
   * It answered.
   *
   * @param last the newest release
   * @param live the newest that succeeded
   */
  record Known(Optional<Release> last, Optional<Release> live) implements Recorded {}

  /** It did not answer; {@code reason} is for an operator. */
  record Unknown(String reason) implements Recorded {}

  /** The newest release, where it is known. */
  default Optional<Release> newest() {
    return switch (this) {
      case Known known -> known.last();
      case Unknown _ -> Optional.empty();
    };
  }

  /** The release that is live, where it is known. */
  default Optional<Release> current() {
    return switch (this) {
      case Known known -> known.live();
      case Unknown _ -> Optional.empty();
    };
  }

  /** Why nothing is known, where that is so. */
  default Optional<String> warning() {
    return switch (this) {
      case Known _ -> Optional.empty();
      case Unknown(String reason) -> Optional.of(reason);
    };
  }
}
