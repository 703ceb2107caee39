package dev.slipway.deploy;

import dev.slipway.checkout.CheckoutSurroundings;
import dev.slipway.checkout.GitHistory;
import dev.slipway.checkout.Lineage;
import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Queue;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.GitRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a push whose turn has come is still to be deployed. GitHub does not order its
 * deliveries, and redeliveries and retries come late: a push never takes the site back. What a
 * person asked for by command is always deployed.
 */
final class Order {
  /** How far back releases are looked at. */
  private static final int LAST = 20;

  private final Workshop workshop;
  private final Queue queue;
  private final GitHistory history;
  private final boolean coalesce;

  Order(Workshop workshop, Deployment deployment, Queue queue, GitHistory history) {
    this.workshop = workshop;
    this.queue = queue;
    this.history = history;
    this.coalesce = deployment.conditions().succession().coalesce();
  }

  /** What is to be done with a push. */
  sealed interface Verdict {
    /** It is deployed; its commit is resolved, if it could be. */
    record Deploy(Job job) implements Verdict {}

    /** It is done with; its commit is resolved, if it could be. */
    record Passed(Job job, String outcome, String reason) implements Verdict {}
  }

  /**
   * What the decision is made from, besides the push.
   *
   * @param live the newest release that succeeded
   * @param behind the entries that wait behind it, of which the newest are looked at
   * @param beforeAsking done before the origin is asked
   * @param surroundings for git, which says nothing in them
   */
  record Circumstances(
      Optional<Release> live,
      List<EntryName> behind,
      GitHistory.BeforeAsking beforeAsking,
      CheckoutSurroundings surroundings) {}

  Verdict decide(Job job, Circumstances now)
      throws IOException, LedgerUnavailable, InterruptedException {
    if (job.event().source() == Source.CLI) {
      return new Verdict.Deploy(job);
    }
    Job resolved = resolved(job, now);
    Optional<CommitId> commit = resolved.push().commit();
    if (commit.isEmpty()) {
      return new Verdict.Deploy(resolved);
    }
    Optional<Release> same = now.live().filter(release -> release.commit().equals(commit));
    if (same.isPresent() && isRepeated(job.event(), same.get())) {
      return new Verdict.Passed(
          resolved,
          "ignored",
          commit.get().brief() + " is live already, by release " + same.get().version());
    }
    return decide(resolved, commit.get(), now);
  }

  /**
   * A push that the reconciler made comes to its commit now, so that it never takes a site back.
   */
  private Job resolved(Job job, Circumstances now) throws IOException, InterruptedException {
    if (job.push().commit().isPresent()) {
      return job;
    }
    now.beforeAsking().run();
    return history
        .newest(job.push().ref(), now.surroundings())
        .map(newest -> new Job(job.claim(), job.event(), job.push().at(newest)))
        .orElse(job);
  }

  /** What was found missing and deployed may arrive after all. */
  private static boolean isRepeated(Event event, Release live) {
    return event.source() == Source.RECONCILE || live.trigger() == Source.RECONCILE;
  }

  private Verdict decide(Job job, CommitId commit, Circumstances now)
      throws IOException, LedgerUnavailable, InterruptedException {
    Push push = job.push();
    Optional<CommitId> live = now.live().flatMap(Release::commit);
    if (coalesce && !now.behind().isEmpty()) {
      history.begin(push.ref(), now.beforeAsking(), now.surroundings());
    }
    Lineage lineage =
        history.lineage(
            new GitHistory.Question(push.ref(), commit, push.before(), live),
            now.beforeAsking(),
            now.surroundings());
    return switch (lineage) {
      case Lineage.Left(CommitId tip) when wasLive(tip, now) -> new Verdict.Deploy(job);
      case Lineage.BehindLive() -> superseded(job, byLive(now.live().orElseThrow(), commit));
      case Lineage.Left(CommitId tip) -> superseded(job, byRewriting(push.ref(), commit, tip));
      case Lineage.Newest _, Lineage.Behind _, Lineage.Unknown _ ->
          newer(job, commit, lineage, now)
              .map(reason -> superseded(job, reason))
              .orElseGet(() -> new Verdict.Deploy(job));
    };
  }

  /**
   * Whether what the origin shows as newest was live before what is live now: then it lags behind
   * its webhooks, and the push is not what was left.
   */
  private boolean wasLive(CommitId tip, Circumstances now) throws LedgerUnavailable {
    return now.live().filter(release -> release.commit().equals(Optional.of(tip))).isEmpty()
        && workshop.ledger().releases(queue.slug(), Optional.empty(), LAST).stream()
            .anyMatch(release ->
                release.state() == ReleaseState.SUCCEEDED
                    && release.commit().equals(Optional.of(tip)));
  }

  private static Verdict superseded(Job job, String reason) {
    return new Verdict.Passed(job, "superseded", reason);
  }

  /** Why an entry that waits behind it has taken its place, if one has. */
  private Optional<String> newer(Job job, CommitId commit, Lineage lineage, Circumstances now)
      throws IOException, InterruptedException {
    if (!coalesce) {
      return Optional.empty();
    }
    for (EntryName name : now.behind()) {
      Optional<Contender> other =
          Contender.of(name, workshop.spool().read(queue.place(name)))
              .filter(each -> each.ref().equals(job.push().ref()));
      if (other.isPresent() && contains(other.get().commit(), commit, lineage, now)) {
        return Optional.of(byEntry(name, other.get().commit()));
      }
    }
    return Optional.empty();
  }

  private boolean contains(CommitId newer, CommitId commit, Lineage lineage, Circumstances now)
      throws InterruptedException {
    if (newer.equals(commit)) {
      return true;
    }
    return switch (lineage) {
      // Nothing that the origin knows contains it.
      case Lineage.Newest() -> false;
      case Lineage.Behind(CommitId tip) when tip.equals(newer) -> true;
      case Lineage.Behind _, Lineage.Unknown _, Lineage.Left _, Lineage.BehindLive _ ->
          history.isAncestor(commit, newer, now.surroundings()).orElse(false);
    };
  }

  private static String byLive(Release live, CommitId commit) {
    return "release %s is live with %s, which already contains %s"
        .formatted(live.version(), live.commit().map(CommitId::brief).orElse("?"), commit.brief());
  }

  private static String byRewriting(GitRef ref, CommitId commit, CommitId tip) {
    return "%s was rewritten and holds %s no more; its newest commit is %s"
        .formatted(ref, commit.brief(), tip.brief());
  }

  /** Why an entry was superseded by one that waited behind it. */
  static String byEntry(EntryName newer, CommitId commit) {
    return "entry %s took its place with %s".formatted(newer, commit.brief());
  }
}
