package dev.slipway.github;

import dev.slipway.vocabulary.EventId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt of GitHub's to deliver an event.
 *
 * @param guid the event's, the same for every attempt: what arrives as {@code X-GitHub-Delivery}
 * @param status what was answered; 0 where nothing was
 */
record Delivery(long id, EventId guid, Instant at, int status) {
  /** The attempt that a list names so; absent where it is none that can be understood. */
  static Optional<Delivery> of(Map<?, ?> item) {
    if (item.get("id") instanceof Number id
        && item.get("guid") instanceof String guid
        && EventId.isWellFormed(guid)
        && item.get("delivered_at") instanceof String at) {
      try {
        int status = item.get("status_code") instanceof Number code ? code.intValue() : 0;
        return Optional.of(
            new Delivery(id.longValue(), new EventId(guid), Instant.parse(at), status));
      } catch (DateTimeException malformed) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  boolean hasArrived() {
    return status >= 200 && status < 300;
  }

  /** Of each event that did not arrive by any of these attempts the last one, oldest first. */
  static List<Delivery> unsettled(List<Delivery> attempts) {
    Set<EventId> settled = new HashSet<>();
    attempts.stream().filter(Delivery::hasArrived).map(Delivery::guid).forEach(settled::add);
    List<Delivery> last = new ArrayList<>();
    for (Delivery attempt :
        attempts.stream().sorted(Comparator.comparing(Delivery::at).reversed()).toList()) {
      if (settled.add(attempt.guid())) {
        last.add(attempt);
      }
    }
    return last.reversed();
  }
}
