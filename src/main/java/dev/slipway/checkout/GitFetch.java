package dev.slipway.checkout;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.checkout.CheckoutResult.Refused;
import dev.slipway.process.Output;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings commits from the origin into a store: by the ref that they were pushed to, and where the
 * ref has moved on or is gone, by their own id, which GitHub allows. Always all of the history,
 * since it says later which of two commits is the elder one.
 */
final class GitFetch {
  private static final int MOST_HELD = 1000;

  private final GitStore store;

  GitFetch(GitStore store) {
    this.store = store;
  }

  /** What is done with a commit once it is here; may be done again after it failed. */
  @FunctionalInterface
  interface Use {
    void of(CommitId commit, CheckoutSurroundings surroundings)
        throws IOException, GitFailed, InterruptedException;
  }

  /**
   * Uses the commit that a request wants, and answers which it is. Whether it is here, its use
   * tells: asking git first would be one more process where it is, and none less where it is not.
   */
  CommitId provide(CheckoutRequest request, Use use, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    CommitId commit;
    if (request.commit().isPresent()) {
      commit = request.commit().get();
      if (isUsed(commit, use, surroundings)) {
        return commit;
      }
      fetch(request.ref(), commit, surroundings);
    } else {
      ref(request.ref(), surroundings);
      commit = resolve(request.ref(), surroundings);
    }
    if (!isUsed(commit, use, surroundings)) {
      mend(request.ref(), commit, surroundings);
      use.of(commit, surroundings);
    }
    return commit;
  }

  /** Says whether the commit was here; what git says of a missing one stays out of the log. */
  private boolean isUsed(CommitId commit, Use use, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    List<String> held = new ArrayList<>();
    try {
      use.of(commit, surroundings.saying((stream, text) -> hold(held, text)));
    } catch (GitFailed failed) {
      // What git says of it differs from version to version; so ask before it is taken for another.
      if (failed.missesObject()
          || (failed.cause() == Cause.GIT && !store.has(commit, surroundings))) {
        return false;
      }
      held.forEach(text -> surroundings.output().line(Output.Stream.STDERR, text));
      throw failed;
    }
    held.forEach(text -> surroundings.output().line(Output.Stream.STDERR, text));
    return true;
  }

  private static void hold(List<String> held, String text) {
    if (held.size() < MOST_HELD) {
      held.add(text);
    }
  }

  /** Fetches a ref and, where that does not bring the commit, the commit itself. */
  private void fetch(GitRef ref, CommitId commit, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    boolean here =
        fetchIfThere(ref, surroundings)
            && (store.isTip(ref, commit) || store.has(commit, surroundings));
    if (!here) {
      commit(commit, surroundings);
    }
  }

  /**
   * Completes a commit that is here without all that it refers to, as after an interrupted fetch of
   * somebody else's. Fetches all of its history anew into an empty store, since git takes what it
   * has for complete, and only from 2.36 on can be told not to.
   */
  private void mend(GitRef ref, CommitId commit, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    surroundings.notes().accept("fetches " + commit.brief() + " anew, it is incomplete here");
    GitStore empty = store.beginEmpty(ref, surroundings);
    try {
      new GitFetch(empty).fetch(ref, commit, surroundings);
      store.takeObjects(empty);
    } finally {
      empty.remove();
    }
  }

  /** Says whether the origin has the ref; by now its branch may be gone. */
  private boolean fetchIfThere(GitRef ref, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    try {
      ref(ref, surroundings);
      return true;
    } catch (GitFailed failed) {
      if (failed.cause() == Cause.UNKNOWN_COMMIT) {
        return false;
      }
      throw failed;
    }
  }

  /** Fetches a commit by its id, with all of its history. */
  void commit(CommitId commit, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    try {
      fetch(List.of(commit.value()), surroundings);
    } catch (GitFailed failed) {
      throw failed.cause() == Cause.UNKNOWN_COMMIT
          ? unknown(
              "commit " + commit + " is not in " + store.origin().url() + ", or not any more",
              failed)
          : failed;
    }
  }

  /** Fetches a ref. */
  void ref(GitRef ref, CheckoutSurroundings surroundings) throws GitFailed, InterruptedException {
    try {
      fetch(List.of("+" + ref + ":" + GitStore.trackedAs(ref)), surroundings);
    } catch (GitFailed failed) {
      if (failed.conflictsWithOldRef() && ref.branch().isPresent()) {
        fetch(List.of("--prune", "+refs/heads/*:refs/remotes/origin/*"), surroundings);
      } else if (failed.cause() == Cause.UNKNOWN_COMMIT) {
        throw unknown(ref + " is not in " + store.origin().url() + ", or not any more", failed);
      } else {
        throw failed;
      }
    }
  }

  private static GitFailed unknown(String reason, GitFailed failed) {
    return new GitFailed(
        new Refused(Cause.UNKNOWN_COMMIT, reason), failed.exitCode(), failed.said());
  }

  private void fetch(List<String> what, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "fetch",
                "--no-progress",
                "--no-tags",
                "--no-recurse-submodules",
                "--no-write-fetch-head"));
    what.stream().filter(word -> word.startsWith("--")).forEach(arguments::add);
    arguments.add("--");
    arguments.add(store.origin().url());
    what.stream().filter(word -> !word.startsWith("--")).forEach(arguments::add);
    store.reach(arguments, surroundings);
  }

  private CommitId resolve(GitRef ref, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    List<String> answer =
        store.run(
            List.of("rev-parse", "--verify", GitStore.trackedAs(ref) + "^{commit}"), surroundings);
    if (answer.isEmpty()) {
      throw new GitFailed(Cause.GIT, "git rev-parse does not say which commit " + ref + " is");
    }
    return new CommitId(answer.getFirst());
  }
}
