package dev.slipway.deploy;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A record store whose calls a test can spoil, before they take effect and after. One thread. */
final class FaultyLedger implements Ledger {
  /** The calls there are. */
  enum Call {
    PROCESSED,
    LIVE,
    RECORD,
    OPEN,
    END,
    READ
  }

  /** Looks at a call; what it throws, the caller gets. */
  @FunctionalInterface
  interface Watcher {
    void at(Call call) throws LedgerUnavailable;
  }

  private final MemoryLedger memory;

  /** Asked before a call takes effect. */
  Watcher before = call -> {};

  /** Asked after a call took effect: what it throws is a lost answer. */
  Watcher after = call -> {};

  FaultyLedger(MemoryLedger memory) {
    this.memory = memory;
  }

  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws LedgerUnavailable;
  }

  private <T> T ask(Call call, Asking<T> asking) throws LedgerUnavailable {
    before.at(call);
    T answer = asking.ask();
    after.at(call);
    return answer;
  }

  @Override
  public List<ProcessedEvent> processed(Collection<EventId> ids) throws LedgerUnavailable {
    return ask(Call.PROCESSED, () -> memory.processed(ids));
  }

  @Override
  public void record(Collection<ProcessedEvent> events) throws LedgerUnavailable {
    boolean _ =
        ask(
            Call.RECORD,
            () -> {
              memory.record(events);
              return true;
            });
  }

  @Override
  public ReleaseNumber open(Release.Opening opening) throws LedgerUnavailable {
    return ask(Call.OPEN, () -> memory.open(opening));
  }

  @Override
  public void end(Release.Ending ending) throws LedgerUnavailable {
    boolean _ =
        ask(
            Call.END,
            () -> {
              memory.end(ending);
              return true;
            });
  }

  @Override
  public boolean end(Release.Ending ending, ProcessedEvent event) throws LedgerUnavailable {
    return ask(Call.END, () -> memory.end(ending, event));
  }

  @Override
  public Optional<Release> live(Slug deployment) throws LedgerUnavailable {
    return ask(Call.LIVE, () -> memory.live(deployment));
  }

  @Override
  public List<Release> releases(Slug deployment, Optional<ReleaseNumber> before, int limit)
      throws LedgerUnavailable {
    return ask(Call.READ, () -> memory.releases(deployment, before, limit));
  }

  @Override
  public Optional<Release> release(Slug deployment, ReleaseNumber version)
      throws LedgerUnavailable {
    return ask(Call.READ, () -> memory.release(deployment, version));
  }

  @Override
  public List<Release> releasesOf(EventId event, Slug deployment) throws LedgerUnavailable {
    return ask(Call.READ, () -> memory.releasesOf(event, deployment));
  }

  @Override
  public List<Release> running(String host) throws LedgerUnavailable {
    return ask(Call.READ, () -> memory.running(host));
  }

  @Override
  public boolean knows(Slug deployment, CommitId commit) throws LedgerUnavailable {
    return ask(Call.READ, () -> memory.knows(deployment, commit));
  }

  @Override
  public List<Release> newest() throws LedgerUnavailable {
    return ask(Call.READ, memory::newest);
  }
}
