package dev.slipway.event;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.util.Optional;

/**
 * A push: a reference was created, moved or deleted.
 *
 * @param commit what the reference points to afterwards; absent when it is to be resolved when the
 *     entry's turn comes (an entry that a person or the reconciler made)
 * @param before what it pointed to before; absent where it is new, and where nobody says
 * @param note what the person who asked for it wants remembered
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">GitHub:
 *     push</a>
 */
public record Push(
    RepositoryName repository,
    GitRef ref,
    Change change,
    Optional<CommitId> commit,
    Optional<CommitId> before,
    Optional<String> note)
    implements Event.Content {
  /** What became of the reference. */
  public enum Change {
    /** It points to a commit. */
    MOVED,
    /** It is gone. */
    DELETED,
    /** GitHub sent {@code head_commit: null}: there is nothing to deploy. */
    HEADLESS
  }

  @Override
  public String kind() {
    return "push";
  }

  /** The same with the commit that it was resolved to. */
  public Push at(CommitId resolved) {
    return new Push(repository, ref, change, Optional.of(resolved), before, note);
  }

  /** Whether the reference was deleted. */
  public boolean deleted() {
    return change == Change.DELETED;
  }

  /** Whether it is a push without anything to deploy. */
  public boolean headless() {
    return change == Change.HEADLESS;
  }
}
