package dev.slipway.deploy;

import dev.slipway.checkout.CheckoutSurroundings;
import dev.slipway.checkout.GitHistory;
import dev.slipway.process.Cancellation;
import dev.slipway.spool.Backlog;
import dev.slipway.spool.Queue;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ends what a deployment runs when a waiting push holds a newer commit of the same branch ({@code
 * cancel_running}). One thread, beside the worker's: git may have to ask the origin.
 */
final class Overtaking {
  /** How long git may take to find out about one push. */
  private static final Duration LOOK = Duration.ofSeconds(30);

  /** Of a longer queue the newest are looked at. */
  private static final int NEWEST = 10;

  private final Workshop workshop;
  private final Queue queue;
  private final GitHistory history;
  private final InHand inHand;

  /** The run that was looked at last, and what has been compared with it. */
  private Optional<EntryName> running = Optional.empty();

  private final Set<EntryName> compared = new HashSet<>();

  Overtaking(Workshop workshop, Queue queue, GitHistory history, InHand inHand) {
    this.workshop = workshop;
    this.queue = queue;
    this.history = history;
    this.inHand = inHand;
  }

  Duration step() throws IOException, InterruptedException {
    Optional<InHand.Held> held = inHand.held();
    Optional<Contender> current =
        held.flatMap(InHand.Held::job)
            .flatMap(job -> Contender.of(job.claim().name(), job.event(), job.push()));
    if (held.isPresent() && current.isPresent()) {
      forget(current.get().name());
      Optional<Contender> newer = newer(current.get());
      newer.ifPresent(it -> held.get().control().stop(new Stop.Overtaken(it.name(), it.commit())));
    }
    return Backlog.SWEEP;
  }

  private void forget(EntryName now) {
    if (!running.equals(Optional.of(now))) {
      running = Optional.of(now);
      compared.clear();
    }
  }

  private Optional<Contender> newer(Contender current) throws IOException, InterruptedException {
    List<EntryName> waiting = queue.waiting();
    for (EntryName name :
        waiting.subList(Math.max(0, waiting.size() - NEWEST), waiting.size()).reversed()) {
      if (compared.add(name)) {
        Optional<Contender> other =
            Contender.of(name, workshop.spool().read(queue.place(name)))
                .filter(it -> it.ref().equals(current.ref()));
        if (other.isPresent() && overtakes(other.get(), current)) {
          return other;
        }
      }
    }
    return Optional.empty();
  }

  private boolean overtakes(Contender other, Contender current) throws InterruptedException {
    if (other.commit().equals(current.commit())) {
      return false;
    }
    return other.succeeds(current) || history.contains(other.commit(), current.commit(), quiet());
  }

  private CheckoutSurroundings quiet() {
    return new CheckoutSurroundings(
        StepEnvironment.inherited(workshop.site().environment()),
        (stream, text) -> {},
        note -> {},
        new Cancellation(),
        Deadline.after(LOOK));
  }
}
