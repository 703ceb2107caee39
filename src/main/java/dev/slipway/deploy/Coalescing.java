package dev.slipway.deploy;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.spool.Queue;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.GitRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends waiting pushes whose place a newer waiting one has taken, by what GitHub said of them: each
 * push names the commit that its branch pointed to before. Asks no git, so that a long backlog
 * costs one look at each entry; what these words do not tell, {@link Order} finds out when an
 * entry's turn comes. One thread, under the deployment's lock.
 */
final class Coalescing {
  /** How many entries are looked at together. */
  static final int GROUP = 256;

  private static final Logger log = LoggerFactory.getLogger(Coalescing.class);

  private final Workshop workshop;
  private final Queue queue;
  private final boolean wanted;

  /** What was read of the entries looked at last. */
  private Map<EntryName, Optional<Contender>> read = Map.of();

  Coalescing(Workshop workshop, Deployment deployment, Queue queue) {
    this.workshop = workshop;
    this.queue = queue;
    this.wanted = deployment.conditions().succession().coalesce();
  }

  /**
   * Whether these waiting entries, of which only the first {@link #GROUP} count, are to be looked
   * at: some are new since the last look.
   */
  boolean isDue(List<EntryName> waiting) {
    return wanted && waiting.size() > 1 && !read.keySet().containsAll(waiting);
  }

  /** Ends those of the waiting entries that were overtaken; answers their names. */
  List<EntryName> run(List<EntryName> waiting) throws IOException, LedgerUnavailable {
    Map<EntryName, Optional<Contender>> now = new LinkedHashMap<>();
    for (EntryName name : waiting) {
      Optional<Contender> known = read.get(name);
      now.put(
          name,
          known != null ? known : Contender.of(name, workshop.spool().read(queue.place(name))));
    }
    read = now;
    Map<Contender, Contender> overtaken =
        overtaken(now.values().stream().flatMap(Optional::stream).toList());
    if (!overtaken.isEmpty()) {
      end(overtaken);
    }
    return overtaken.keySet().stream().map(Contender::name).toList();
  }

  /**
   * Which push has taken which one's place: to each that is overtaken, the last that followed.
   *
   * @param waiting in the order of their names
   */
  static Map<Contender, Contender> overtaken(List<Contender> waiting) {
    record Tip(GitRef ref, CommitId commit) {}
    Map<Contender, Contender> last = new HashMap<>();
    Map<Tip, Contender> successors = new HashMap<>();
    for (Contender each : waiting.reversed()) {
      Contender successor = successors.get(new Tip(each.ref(), each.commit()));
      if (successor != null) {
        last.put(each, last.getOrDefault(successor, successor));
      }
      // The elder ones look for the nearest that follows them.
      successors.put(new Tip(each.ref(), each.commit()), each);
      each.before().ifPresent(before -> successors.put(new Tip(each.ref(), before), each));
    }
    Map<Contender, Contender> inOrder = new LinkedHashMap<>();
    waiting.stream().filter(last::containsKey).forEach(it -> inOrder.put(it, last.get(it)));
    return inOrder;
  }

  private void end(Map<Contender, Contender> overtaken) throws IOException, LedgerUnavailable {
    List<ProcessedEvent> records = new ArrayList<>();
    overtaken.forEach((elder, newer) -> records.add(record(elder, newer)));
    workshop.ledger().record(records);
    for (ProcessedEvent record : records) {
      queue.endWaiting(record.entry());
      log.info(
          "superseded deployment={} event={} entry={} reason={}",
          queue.slug(),
          record.id(),
          record.entry(),
          record.reason());
    }
  }

  private ProcessedEvent record(Contender elder, Contender newer) {
    return new ProcessedEvent(
        elder.event(),
        Optional.of(queue.slug()),
        "superseded",
        elder.name(),
        workshop.site().clocks().wall().instant(),
        Order.byEntry(newer.name(), newer.commit()),
        Optional.of(elder.commit()));
  }
}
