package dev.slipway.housekeeping;

import dev.slipway.disk.Disk;
import dev.slipway.ledger.Attic;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.spool.Leftovers;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Where there is something to keep in order: a state directory, and the record store of all hosts.
 *
 * @param host this one's name in the record store
 */
public record Premises(Spool spool, Ledger ledger, Attic attic, String host, Trees trees) {
  /** The releases whose trees are kept, so that they can be gone back to. */
  @FunctionalInterface
  public interface Trees {
    /** In no order; none for a deployment that keeps no trees, or is not configured here. */
    Collection<ReleaseNumber> of(Slug deployment) throws IOException;
  }

  /** All that there is to do in one round. */
  Deque<Chore> chores() throws IOException {
    StateDirectory state = spool.state();
    Deque<Chore> chores = new ArrayDeque<>();
    for (Slug slug : spool.deploymentsIn(state.logs())) {
      chores.add(new OldFiles(this, slug, "logs", state.logs(slug)));
    }
    for (Slug slug : spool.deploymentsIn(state.releases())) {
      Path folder = state.releases().resolve(slug.value());
      chores.add(new OldFiles(this, slug, "releases", folder));
    }
    chores.add(new BigLogs(this, Keep.LOGS));
    Leftovers leftovers = new Leftovers(disk(), state);
    for (Slug slug : spool.known()) {
      Path failed = state.failed(slug);
      chores.add(new OldFailures(this, slug));
      chores.add(abandoned("reasons of " + slug, limit -> leftovers.reasons(failed, limit)));
      chores.add(abandoned("retries/" + slug, limit -> leftovers.retries(slug, limit)));
    }
    chores.add(new OldCorrupt(spool));
    chores.add(abandoned("reasons of corrupt", limit -> leftovers.reasons(state.corrupt(), limit)));
    chores.add(abandoned("tmp", leftovers::temporary));
    chores.add(abandoned("submitted", leftovers::submitted));
    chores.add(new OldEvents(attic));
    chores.add(new OldReleases(this));
    return chores;
  }

  private Chore abandoned(String what, Abandoned.Search search) {
    return new Abandoned(disk(), what, search);
  }

  Disk disk() {
    return spool.disk();
  }

  /** The releases of a deployment of which everything stays: live, running, or kept as trees. */
  Set<ReleaseNumber> needed(Slug slug) throws IOException, LedgerUnavailable {
    Set<ReleaseNumber> needed = new HashSet<>(trees.of(slug));
    ledger.live(slug).map(Release::version).ifPresent(needed::add);
    ledger.running(host).stream()
        .filter(release -> release.deployment().equals(slug))
        .map(Release::version)
        .forEach(needed::add);
    return needed;
  }
}
