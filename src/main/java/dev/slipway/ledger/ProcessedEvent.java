package dev.slipway.ledger;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.Slug;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * One row of {@code processed_event}.
 *
 * @param deployment the deployment that worked it off; absent ({@code @dispatcher} in the store)
 *     for what no deployment took
 * @param outcome {@code deployed}, {@code superseded}, {@code ignored}, {@code cancelled}, {@code
 *     void} or {@code ping}
 * @param processedAt cut to the millisecond
 * @param reason why it ended so, cut to what the store takes
 * @param commit what it was about; absent where that is not known
 */
public record ProcessedEvent(
    EventId id,
    Optional<Slug> deployment,
    String outcome,
    EntryName entry,
    Instant processedAt,
    String reason,
    Optional<CommitId> commit) {
  /** What stands in the column {@code deployment} when no deployment took the event. */
  public static final String DISPATCHER = "@dispatcher";

  private static final Set<String> OUTCOMES =
      Set.of("deployed", "superseded", "ignored", "cancelled", "void", "ping");

  public ProcessedEvent {
    if (!OUTCOMES.contains(outcome)) {
      throw new IllegalArgumentException("not an event's outcome: " + Quoted.of(outcome));
    }
    processedAt = processedAt.truncatedTo(ChronoUnit.MILLIS);
    reason = Reason.storable(reason);
  }

  /** What stands in the column {@code deployment}. */
  String place() {
    return deployment.map(Slug::value).orElse(DISPATCHER);
  }
}
