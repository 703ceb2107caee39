package dev.slipway.checkout;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import java.util.Optional;

/**
 * What one release wants checked out.
 *
 * @param ref the branch or tag that the commit was pushed to
 * @param commit absent: what the ref names when its turn comes
 */
public record CheckoutRequest(GitRef ref, Optional<CommitId> commit, ReleaseNumber release) {}
