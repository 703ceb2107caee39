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
 * @param deleted whether the reference was deleted
 * @param headless whether GitHub sent {@code head_commit: null}, a push without anything to deploy
 * @param note what the person who asked for it wants remembered
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">GitHub:
 *     push</a>
 */
public record Push(
    RepositoryName repository,
    GitRef ref,
    Optional<CommitId> commit,
    boolean deleted,
    boolean headless,
    Optional<String> note)
    implements Event.Content {
  @Override
  public String kind() {
    return "push";
  }
}
