package dev.slipway.housekeeping;

import dev.slipway.disk.Disk;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The logs of all deployments together: where they have too many bytes, the oldest go, but for each
 * deployment's newest and those of the releases that are needed.
 */
final class BigLogs implements Chore {
  private final Premises premises;
  private final ByteSize most;

  BigLogs(Premises premises, ByteSize most) {
    this.premises = premises;
    this.most = most;
  }

  @Override
  public String what() {
    return "logs over " + most;
  }

  private record Log(Slug slug, ReleaseNumber release, Path file, Instant written, long bytes) {}

  @Override
  public int clear(Instant now) throws IOException, LedgerUnavailable {
    Path logs = premises.spool().state().logs();
    long bytes = 0;
    List<Log> dispensable = new ArrayList<>();
    for (Slug slug : premises.spool().deploymentsIn(logs)) {
      List<Log> own = of(slug);
      bytes += own.stream().mapToLong(Log::bytes).sum();
      own.stream().skip(1).forEach(dispensable::add);
    }
    if (bytes <= most.bytes()) {
      return 0;
    }
    dispensable.sort(Comparator.comparing(Log::written));
    return Removal.of(premises.disk(), oldest(dispensable, bytes - most.bytes()));
  }

  /** The oldest that have so many bytes together. */
  private List<Path> oldest(List<Log> logs, long excess) throws IOException, LedgerUnavailable {
    Map<Slug, Set<ReleaseNumber>> needed = new HashMap<>();
    List<Path> going = new ArrayList<>();
    long left = excess;
    for (Log log : logs) {
      if (left <= 0 || going.size() >= SOME) {
        break;
      }
      if (!needed.containsKey(log.slug())) {
        needed.put(log.slug(), premises.needed(log.slug()));
      }
      if (!needed.getOrDefault(log.slug(), Set.of()).contains(log.release())) {
        going.add(log.file());
        left -= log.bytes();
      }
    }
    return going;
  }

  /** Newest first. */
  private List<Log> of(Slug slug) throws IOException {
    Disk disk = premises.disk();
    List<Log> logs = new ArrayList<>();
    for (OldFiles.OfRelease each :
        OldFiles.OfRelease.in(disk, premises.spool().state().logs(slug))) {
      Instant written = disk.modified(each.file()).orElse(Instant.MAX);
      logs.add(new Log(slug, each.release(), each.file(), written, disk.size(each.file())));
    }
    return logs;
  }
}
