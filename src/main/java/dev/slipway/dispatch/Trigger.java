package dev.slipway.dispatch;

import dev.slipway.vocabulary.GitRef;

/** What starts a deployment. */
public sealed interface Trigger {
  /** The trigger in an operator's words, such as {@code branch main}. */
  String describe();

  /** A push to one branch. */
  record Branch(GitRef ref) implements Trigger {
    public Branch {
      if (ref.branch().isEmpty()) {
        throw new IllegalArgumentException("not a branch: " + ref);
      }
    }

    @Override
    public String describe() {
      return "branch " + ref.branch().orElseThrow();
    }
  }
}
