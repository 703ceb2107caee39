package dev.slipway.checkout;

import dev.slipway.vocabulary.CommitId;
import java.nio.file.Path;
import java.util.Optional;

/** What came of a checkout. */
public sealed interface CheckoutResult {
  /**
   * The tree is exactly the commit, but for untracked files in place and links to shared ones.
   *
   * @param tree where the steps run
   * @param previous the commit that was there, or live, before
   */
  record Checked(Path tree, CommitId commit, Optional<CommitId> previous)
      implements CheckoutResult {}

  /**
   * There is no tree to go on with.
   *
   * @param reason a sentence for an operator, without its full stop
   */
  record Refused(Cause cause, String reason) implements CheckoutResult {}

  /** The kinds of refusal. */
  enum Cause {
    /** The repository does not answer. */
    UNREACHABLE(true),
    /** The repository answers, but not to these credentials. */
    UNAUTHORIZED(false),
    /** The repository has no such ref or commit; GitHub's replicas may lag behind its webhooks. */
    UNKNOWN_COMMIT(true),
    /** What lies at the deployment's path is not this deployment's. */
    FOREIGN_PATH(false),
    /** The deployment's path, or the object store, cannot be read or written. */
    DISK(true),
    /** The deployment's time ran out. */
    TIMED_OUT(true),
    /** Somebody asked for the end. */
    CANCELLED(false),
    /** Git failed otherwise. */
    GIT(true);

    private final boolean worthRetrying;

    Cause(boolean worthRetrying) {
      this.worthRetrying = worthRetrying;
    }

    /** Whether the same may succeed a little later without anybody's doing. */
    public boolean isWorthRetrying() {
      return worthRetrying;
    }
  }
}
