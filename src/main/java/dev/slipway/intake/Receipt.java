package dev.slipway.intake;

import dev.slipway.vocabulary.EntryName;
import java.time.Duration;
import java.util.Optional;

/** What became of a posted delivery. */
sealed interface Receipt {

  /** It is on stable storage under this name. */
  record Accepted(Delivery delivery, EntryName entry) implements Receipt {}

  /**
   * Nothing was written.
   *
   * @param status the HTTP status that says it
   * @param detail one sentence for whoever runs the sender; quotes neither body nor secrets
   * @param retryAfter when it may be tried again
   */
  record Refused(int status, String detail, Optional<Duration> retryAfter)
      implements Receipt, Preamble {
    Refused(int status, String detail) {
      this(status, detail, Optional.empty());
    }

    static Refused until(int status, String detail, Duration retryAfter) {
      return new Refused(status, detail, Optional.of(retryAfter));
    }
  }
}
