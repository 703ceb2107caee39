package dev.slipway.reconcile;

import dev.slipway.checkout.Remote;
import dev.slipway.ledger.History;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.spool.QueueControl;
import dev.slipway.spool.Spool;
import dev.slipway.time.Loop;
import dev.slipway.time.Monotonic;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds pushes whose events never came, and puts entries for them into the deployments' queues; how
 * it decides stands in the package's description. Each deployment has its own times, and trouble
 * with one is none of the others'. One thread; what looks remember is lost with the daemon, so the
 * first two of the next one decide anew.
 */
public final class Reconciler implements Loop {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  /**
   * How long a webhook may be under way: after it a commit that nothing was known of is looked at
   * again, unless the looks are closer anyway.
   */
  public static final Duration CONFIRM = Duration.ofSeconds(20);

  /** How long to rest where there is nothing to look at; a new configuration rings. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Grounds grounds;
  private final Traces traces;
  private final Remote remote;
  private final Executor asking;
  private final Supplier<Schedule> schedule;
  private final Map<Slug, Standing> standings = new HashMap<>();

  /** Where it looks, and by which clocks. */
  public record Grounds(Spool spool, History history, InstantSource clock, Monotonic ticker) {}

  /**
   * What the last look at a deployment left.
   *
   * @param at when it ended, on the ticker
   * @param suspect a commit of which nothing was known
   * @param troubled whether it could not be looked at
   */
  private record Standing(long at, Optional<CommitId> suspect, boolean troubled) {
    Duration rest(Duration every) {
      boolean soon = suspect.isPresent() && !troubled && CONFIRM.compareTo(every) < 0;
      return soon ? CONFIRM : every;
    }
  }

  /** A repository's answer, with the deployment that it was asked for. */
  private record Answered(Followed followed, Remote.Answer answer) {}

  /**
   * A reconciler that has not looked yet.
   *
   * @param asking runs what waits for repositories; its bound is how many are asked at once
   * @param schedule asked at each step, so that it can change
   */
  public Reconciler(Grounds grounds, Remote remote, Executor asking, Supplier<Schedule> schedule) {
    this.grounds = grounds;
    this.traces = new Traces(grounds.spool(), grounds.history());
    this.remote = remote;
    this.asking = asking;
    this.schedule = schedule;
  }

  /** Looks at those deployments that are due. */
  @Override
  public Duration step() throws LedgerUnavailable, InterruptedException {
    Schedule now = schedule.get();
    if (now.every().isEmpty()) {
      standings.clear();
      return IDLE;
    }
    Duration every = now.every().get();
    standings.keySet().retainAll(now.followed().stream().map(Followed::slug).toList());
    List<Followed> due =
        now.followed().stream()
            .filter(followed -> !untilDue(followed, every).isPositive())
            // Who did not answer the last time lets the others go first.
            .sorted(Comparator.comparing(followed -> isTroubled(followed.slug())))
            .toList();
    if (!due.isEmpty()) {
      look(due);
    }
    return now.followed().stream()
        .map(followed -> untilDue(followed, every))
        .min(Comparator.naturalOrder())
        .orElse(IDLE);
  }

  private Duration untilDue(Followed followed, Duration every) {
    Standing last = standings.get(followed.slug());
    return last == null
        ? Duration.ZERO
        : last.rest(every).minusNanos(grounds.ticker().nanos() - last.at());
  }

  private boolean isTroubled(Slug slug) {
    Standing last = standings.get(slug);
    return last != null && last.troubled();
  }

  private void look(List<Followed> due) throws LedgerUnavailable, InterruptedException {
    // Asked first of all: while the record store is away no repository is bothered.
    Set<Slug> released =
        grounds.history().newest().stream().map(Release::deployment).collect(Collectors.toSet());
    CompletionService<Answered> answers = new ExecutorCompletionService<>(asking);
    List<Future<Answered>> asked = new ArrayList<>();
    for (Followed followed : due) {
      if (released.contains(followed.slug())) {
        asked.add(
            answers.submit(
                () -> new Answered(followed, remote.ask(followed.origin(), followed.branch()))));
      } else {
        stand(followed.slug(), Optional.empty(), false);
      }
    }
    try {
      for (int i = 0; i < asked.size(); i++) {
        take(answered(answers.take()));
      }
    } finally {
      asked.forEach(each -> each.cancel(true));
    }
  }

  private static Answered answered(Future<Answered> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException bug) {
      throw new IllegalStateException("a repository could not be asked", bug.getCause());
    }
  }

  private void take(Answered answered) throws LedgerUnavailable {
    Followed followed = answered.followed();
    switch (answered.answer()) {
      case Remote.Answer.Unreachable(String reason) -> trouble(followed.slug(), reason);
      case Remote.Answer.NoSuchRef() -> judge(followed, Optional.empty());
      case Remote.Answer.Tip(CommitId commit) -> judge(followed, Optional.of(commit));
    }
  }

  private void judge(Followed followed, Optional<CommitId> tip) throws LedgerUnavailable {
    Slug slug = followed.slug();
    try {
      Trace trace = tip.isPresent() ? traces.of(new MissedPush(followed, tip.get())) : Trace.NONE;
      Verdict verdict = Verdict.of(tip, trace, suspect(slug));
      log.debug("looked deployment={} reason={}", slug, verdict.reason());
      Optional<CommitId> suspect =
          switch (verdict) {
            case Verdict.Settled _ -> Optional.empty();
            case Verdict.Suspect(CommitId commit) -> Optional.of(commit);
            case Verdict.Missed(CommitId commit) -> {
              queue(new MissedPush(followed, commit), verdict.reason());
              yield Optional.empty();
            }
          };
      if (isTroubled(slug)) {
        log.info("can be looked at again deployment={}", slug);
      }
      stand(slug, suspect, false);
    } catch (IOException refused) {
      // One deployment's files: the others' looks go on.
      trouble(slug, refused.toString());
    }
  }

  private Optional<CommitId> suspect(Slug slug) {
    return Optional.ofNullable(standings.get(slug)).flatMap(Standing::suspect);
  }

  private void queue(MissedPush push, String reason) throws IOException {
    Spool spool = grounds.spool();
    Slug slug = push.followed().slug();
    QueueControl control =
        new QueueControl(spool.disk(), spool.state(), spool.queue(slug), grounds.clock());
    EntryName name = control.submit(push.entry(grounds.clock().instant()), push.id());
    log.info(
        "missed push queued deployment={} event={} entry={} ref={} reason=\"{}\"",
        slug,
        push.id(),
        name,
        push.followed().branch(),
        reason);
  }

  /** The suspect stays: a look without an answer says nothing about it. */
  private void trouble(Slug slug, String reason) {
    if (!isTroubled(slug)) {
      log.warn("cannot be looked at for missed pushes deployment={} reason={}", slug, reason);
    }
    stand(slug, suspect(slug), true);
  }

  private void stand(Slug slug, Optional<CommitId> suspect, boolean troubled) {
    standings.put(slug, new Standing(grounds.ticker().nanos(), suspect, troubled));
  }
}
