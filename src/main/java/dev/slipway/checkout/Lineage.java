package dev.slipway.checkout;

import dev.slipway.vocabulary.CommitId;

/** How a pushed commit stands to what came after it. */
public sealed interface Lineage {
  /** It lies behind the commit that is live. */
  record BehindLive() implements Lineage {}

  /** The branch has moved on from it. */
  record Behind(CommitId tip) implements Lineage {}

  /** It is the branch's newest commit, or one that the origin does not show yet. */
  record Newest() implements Lineage {}

  /** The branch was rewritten, and holds it no more. */
  record Left(CommitId tip) implements Lineage {}

  /** Nothing here or at the origin says. */
  record Unknown() implements Lineage {}
}
