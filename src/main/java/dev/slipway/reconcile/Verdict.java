package dev.slipway.reconcile;

import dev.slipway.vocabulary.CommitId;
import java.util.Optional;

/** What one look at a deployment's branch says. */
sealed interface Verdict {
  /** Why, in an operator's words. */
  String reason();

  /** There is nothing to do. */
  record Settled(String reason) implements Verdict {}

  /** Nothing is known of the commit, for the first time: its webhook may be under way. */
  record Suspect(CommitId commit) implements Verdict {
    @Override
    public String reason() {
      return "nothing is known of " + commit.brief() + " yet";
    }
  }

  /** Two looks in a row found nothing of the commit. */
  record Missed(CommitId commit) implements Verdict {
    @Override
    public String reason() {
      return "no event of " + commit.brief() + " has arrived";
    }
  }

  /**
   * Decides.
   *
   * @param tip what the branch names; absent where the repository has no such branch
   * @param trace what is known of it
   * @param before the suspect of the look before
   */
  static Verdict of(Optional<CommitId> tip, Trace trace, Optional<CommitId> before) {
    if (tip.isEmpty()) {
      return new Settled("the repository has no such branch");
    }
    return switch (trace) {
      case RECORDED, PENDING, FAILED, UNCLEAR -> new Settled(trace.describe());
      case NONE -> before.equals(tip) ? new Missed(tip.get()) : new Suspect(tip.get());
    };
  }
}
