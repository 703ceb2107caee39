package dev.slipway.deploy;

import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import java.util.Optional;

/**
 * A push that takes part in the succession of pushes to one branch: one may take another's place.
 * What a person asked for takes no part, nor do tags.
 *
 * @param before what the branch pointed to before it, where that is known
 */
record Contender(
    EntryName name, EventId event, GitRef ref, CommitId commit, Optional<CommitId> before) {
  /** The push of a waiting entry, if it takes part. */
  static Optional<Contender> of(EntryName name, Spool.Reading reading) {
    return reading instanceof Spool.Reading.Readable(Event event)
            && event.content() instanceof Push push
        ? of(name, event, push)
        : Optional.empty();
  }

  /** A push, if it takes part. */
  static Optional<Contender> of(EntryName name, Event event, Push push) {
    boolean takesPart =
        event.source() != Source.CLI
            && push.change() == Push.Change.MOVED
            && push.ref().branch().isPresent();
    return takesPart
        ? push.commit()
            .map(commit -> new Contender(name, event.id(), push.ref(), commit, push.before()))
        : Optional.empty();
  }

  /** Whether, by what GitHub said of both, this push came right after the other, or repeats it. */
  boolean succeeds(Contender other) {
    return ref.equals(other.ref)
        && (commit.equals(other.commit) || before.equals(Optional.of(other.commit)));
  }
}
