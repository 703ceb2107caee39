package dev.slipway.housekeeping;

import static dev.slipway.spool.SpoolFixture.WEBSITE;

import dev.slipway.event.Source;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.ProcessedEvent;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.SpoolFixture;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A state directory and a record store in which things have lain for a while. */
final class House {
  static final String HOST = "host-1";

  final SpoolFixture spool;
  final MemoryLedger ledger = new MemoryLedger();
  final Set<ReleaseNumber> trees = new HashSet<>();

  House(Path folder) throws IOException {
    spool = new SpoolFixture(folder).prepared();
  }

  Premises premises() {
    return new Premises(spool.spool(), ledger, ledger, HOST, slug -> trees);
  }

  /** Does one round, each chore as often as it has more to do; answers how many times in all. */
  int round() throws IOException, LedgerUnavailable {
    int times = 0;
    for (Chore chore : premises().chores()) {
      int cleared;
      do {
        cleared = chore.clear(spool.clock().instant());
        times++;
      } while (cleared >= Chore.SOME);
    }
    return times;
  }

  /** A file below the state directory that was written so many days ago. */
  Path file(String below, int daysAgo) throws IOException {
    Path file = spool.state().root().resolve(below);
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
    Files.writeString(file, "some text\n");
    return aged(file, daysAgo);
  }

  Path aged(Path file, int daysAgo) throws IOException {
    return Files.setLastModifiedTime(
        file, FileTime.from(spool.clock().instant().minus(Duration.ofDays(daysAgo))));
  }

  /** An entry that was given up so many days ago. */
  void failed(String name, String id, int daysAgo) throws IOException {
    aged(
        spool.place(
            "website/failed/" + spool.drop("website/failed/" + name, SpoolFixture.push(id))),
        daysAgo + 1);
    file("queues/website/failed/" + name + ".reason", daysAgo);
  }

  List<String> failedFiles() {
    return spool.tree("queues/website/failed");
  }

  /** How an event ended, if it did. */
  Optional<ProcessedEvent> record(String id) {
    return ledger.everything().stream()
        .filter(event -> event.id().equals(new EventId(id)))
        .findFirst();
  }

  ReleaseNumber opened(int daysAgo) throws LedgerUnavailable {
    return ledger.open(
        new Release.Opening(
            WEBSITE,
            Optional.empty(),
            GitRef.ofBranch("main"),
            new EventId("e"),
            Source.WEBHOOK,
            HOST,
            spool.clock().instant().minus(Duration.ofDays(daysAgo))));
  }

  ReleaseNumber released(ReleaseState state, int daysAgo) throws LedgerUnavailable {
    ReleaseNumber number = opened(daysAgo);
    ledger.end(
        new Release.Ending(
            WEBSITE, number, Optional.empty(), state, spool.clock().instant(), "it ended"));
    return number;
  }
}
