package dev.slipway.housekeeping;

import dev.slipway.disk.Disk;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the dispatcher put aside as no event, and nobody has looked at since. */
final class OldCorrupt implements Chore {
  private static final Logger log = LoggerFactory.getLogger(OldCorrupt.class);

  private final Spool spool;

  OldCorrupt(Spool spool) {
    this.spool = spool;
  }

  @Override
  public String what() {
    return "queues/dispatcher/corrupt";
  }

  @Override
  public int clear(Instant now) throws IOException {
    List<Path> going = new ArrayList<>();
    for (EntryName name : Keep.CORRUPT.beyond(newestFirst(), this::since, now, SOME)) {
      // The entry first: what is left of a crash in between is an explanation of nothing.
      going.add(place(name));
      going.add(reason(name));
      log.info("removed, put aside long ago place=corrupt/{}", name);
    }
    Removal.of(spool.disk(), going);
    return going.size() / 2;
  }

  private List<EntryName> newestFirst() throws IOException {
    Disk disk = spool.disk();
    List<EntryName> names = new ArrayList<>();
    for (String file : disk.list(spool.state().corrupt())) {
      if (EntryName.isEntry(file) && !disk.isDirectory(spool.state().corrupt().resolve(file))) {
        names.add(new EntryName(file));
      }
    }
    names.sort(Comparator.reverseOrder());
    return names;
  }

  private Optional<Instant> since(EntryName name) throws IOException {
    Optional<Instant> aside = spool.disk().modified(reason(name));
    return aside.isPresent() ? aside : spool.disk().modified(place(name));
  }

  private Path place(EntryName name) {
    return spool.state().corrupt().resolve(name.value());
  }

  private Path reason(EntryName name) {
    return spool.state().corrupt().resolve(name + EntryName.REASON);
  }
}
