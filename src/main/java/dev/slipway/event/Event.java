package dev.slipway.event;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import java.time.Instant;
import java.util.Optional;

/**
 * One event as an entry holds it.
 *
 * @param remote the address it came from, absent for what did not come over the network
 */
public record Event(
    EventId id, Instant receivedAt, Source source, Optional<String> remote, Content content) {

  /** The commit that it is about: that of a push which names one. */
  public Optional<CommitId> commit() {
    return content instanceof Push push ? push.commit() : Optional.empty();
  }

  /** What Slipway reads of the payload. */
  public sealed interface Content permits Push, Ping, Other {
    /** The event's kind: GitHub's {@code X-GitHub-Event}. */
    String kind();
  }

  /** GitHub's greeting to a new webhook. */
  public record Ping() implements Content {
    @Override
    public String kind() {
      return "ping";
    }
  }

  /** Any event that no deployment can be started by. */
  public record Other(String kind) implements Content {}
}
