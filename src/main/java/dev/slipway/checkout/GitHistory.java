package dev.slipway.checkout;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import java.io.IOException;
import java.util.Optional;

/**
 * How the commits of one deployment stand to each other and to their branch at the origin. What is
 * not known here is asked of the origin; an origin that does not answer makes no answer, never an
 * error: whoever goes on and checks the commit out will be told.
 */
public final class GitHistory {
  private final GitStore store;
  private final GitFetch fetch;
  private final Occupancy occupancy;

  GitHistory(GitStore store, GitFetch fetch, Occupancy occupancy) {
    this.store = store;
    this.fetch = fetch;
    this.occupancy = occupancy;
  }

  /** What lies where a deployment's commits go, and is not its own; empty where nothing does. */
  @FunctionalInterface
  interface Occupancy {
    Optional<String> occupant() throws IOException;
  }

  /**
   * A question about one push.
   *
   * @param before what the branch pointed to before it, where that is known
   * @param live the commit that is live, if there is one
   */
  public record Question(
      GitRef ref, CommitId commit, Optional<CommitId> before, Optional<CommitId> live) {}

  /** Fetches a branch for the first time, so that there is something to ask. */
  public void begin(GitRef ref, BeforeAsking beforeAsking, CheckoutSurroundings surroundings)
      throws IOException, InterruptedException {
    if (isOurs() || occupancy.occupant().isPresent()) {
      return;
    }
    beforeAsking.run();
    try {
      store.prepare(ref, surroundings);
      fetch.ref(ref, surroundings.silent());
    } catch (GitFailed silent) {
      // Whoever checks the commit out will be told.
      return;
    }
  }

  /** Whether {@code elder} is an ancestor of {@code commit}; empty where either is unknown here. */
  public Optional<Boolean> isAncestor(
      CommitId elder, CommitId commit, CheckoutSurroundings surroundings)
      throws InterruptedException {
    return isOurs() ? store.isAncestor(elder, commit, surroundings) : Optional.empty();
  }

  /**
   * How a push stands to what is live and to its branch.
   *
   * @param beforeAsking done before the origin is asked, if it is
   */
  public Lineage lineage(
      Question question, BeforeAsking beforeAsking, CheckoutSurroundings surroundings)
      throws IOException, InterruptedException {
    if (question.ref().branch().isEmpty() || !isOurs()) {
      return new Lineage.Unknown();
    }
    Optional<Boolean> behindLive = behindLive(question, surroundings);
    if (behindLive.orElse(false)) {
      return new Lineage.BehindLive();
    }
    try {
      Optional<CommitId> tip = store.tip(question.ref(), surroundings);
      if (tip.isPresent() && behindLive.isPresent()) {
        Lineage here = towards(tip.get(), question, surroundings);
        if (here instanceof Lineage.Newest || here instanceof Lineage.Behind) {
          return here;
        }
      }
      beforeAsking.run();
      return asked(question, surroundings);
    } catch (GitFailed silent) {
      return new Lineage.Unknown();
    }
  }

  private Optional<Boolean> behindLive(Question question, CheckoutSurroundings surroundings)
      throws InterruptedException {
    Optional<CommitId> live = question.live();
    return live.isEmpty() || live.get().equals(question.commit())
        ? live.map(_ -> false)
        : store.isAncestor(question.commit(), live.get(), surroundings);
  }

  /** Something that must be done first; what it throws is thrown on. */
  @FunctionalInterface
  public interface BeforeAsking {
    void run() throws IOException;
  }

  private Lineage asked(Question question, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    store.prepare(question.ref(), surroundings);
    fetch.ref(question.ref(), surroundings.silent());
    Optional<CommitId> tip = store.tip(question.ref(), surroundings);
    if (tip.isEmpty()) {
      return new Lineage.Unknown();
    }
    Lineage shown = towards(tip.get(), question, surroundings);
    if (shown instanceof Lineage.Unknown) {
      // The branch does not lead to it; the origin may have it all the same.
      fetch.commit(question.commit(), surroundings.silent());
      return towards(tip.get(), question, surroundings);
    }
    return shown;
  }

  private Lineage towards(CommitId tip, Question question, CheckoutSurroundings surroundings)
      throws InterruptedException {
    CommitId commit = question.commit();
    if (tip.equals(commit)) {
      return new Lineage.Newest();
    }
    Optional<Boolean> behind = store.isAncestor(commit, tip, surroundings);
    if (behind.isEmpty()) {
      return new Lineage.Unknown();
    }
    if (behind.get()) {
      return new Lineage.Behind(tip);
    }
    return isElder(tip, question, surroundings) ? new Lineage.Newest() : new Lineage.Left(tip);
  }

  /**
   * Whether what the origin shows is older than the push: GitHub's replicas may lag behind its
   * webhooks.
   */
  private boolean isElder(CommitId tip, Question question, CheckoutSurroundings surroundings)
      throws InterruptedException {
    if (store.isAncestor(tip, question.commit(), surroundings).orElse(false)) {
      return true;
    }
    Optional<CommitId> before = question.before();
    return before.isPresent()
        && (before.get().equals(tip)
            || store.isAncestor(tip, before.get(), surroundings).orElse(false));
  }

  /** The newest commit of a ref at the origin; empty where it does not answer, or has none. */
  public Optional<CommitId> newest(GitRef ref, CheckoutSurroundings surroundings)
      throws IOException, InterruptedException {
    if (!isOurs()) {
      return Optional.empty();
    }
    try {
      store.prepare(ref, surroundings);
      fetch.ref(ref, surroundings.silent());
      return store.tip(ref, surroundings);
    } catch (GitFailed silent) {
      return Optional.empty();
    }
  }

  /**
   * Whether {@code commit} contains {@code elder}, asking the origin for it where it is not here.
   * The only question that may be asked while something else works in the same store.
   */
  public boolean contains(CommitId commit, CommitId elder, CheckoutSurroundings surroundings)
      throws InterruptedException {
    Optional<Boolean> known = isAncestor(elder, commit, surroundings);
    if (known.isPresent() || !isOurs()) {
      return known.orElse(false);
    }
    try {
      fetch.commit(commit, surroundings.silent());
    } catch (GitFailed silent) {
      return false;
    }
    return store.isAncestor(elder, commit, surroundings).orElse(false);
  }

  private boolean isOurs() {
    try {
      return store.isBegun() && store.stranger().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }
}
