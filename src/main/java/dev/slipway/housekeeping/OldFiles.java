package dev.slipway.housekeeping;

import dev.slipway.disk.Disk;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One folder with files named after a deployment's releases, such as {@code 17.ndjson}: by number
 * and age, but those of the releases that are needed.
 */
final class OldFiles implements Chore {
  private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})\\.(ndjson|json|toml)");

  private final Premises premises;
  private final Slug slug;
  private final String kind;
  private final Path folder;

  OldFiles(Premises premises, Slug slug, String kind, Path folder) {
    this.premises = premises;
    this.slug = slug;
    this.kind = kind;
    this.folder = folder;
  }

  @Override
  public String what() {
    return kind + "/" + slug;
  }

  /** A file, and the release that it is about. */
  record OfRelease(ReleaseNumber release, Path file) {
    static List<OfRelease> in(Disk disk, Path folder) throws IOException {
      List<OfRelease> found = new ArrayList<>();
      for (String name : disk.list(folder)) {
        Matcher form = NAME.matcher(name);
        if (form.matches()) {
          int number = Integer.parseInt(form.group(1));
          found.add(new OfRelease(new ReleaseNumber(number), folder.resolve(name)));
        }
      }
      found.sort((one, other) -> other.release().compareTo(one.release()));
      return found;
    }
  }

  @Override
  public int clear(Instant now) throws IOException, LedgerUnavailable {
    Disk disk = premises.disk();
    List<OfRelease> all = OfRelease.in(disk, folder);
    if (all.size() <= Keep.RELEASE_FILES.newest()) {
      return 0;
    }
    Set<ReleaseNumber> needed = premises.needed(slug);
    List<OfRelease> old =
        Keep.RELEASE_FILES.beyond(
            all,
            each -> needed.contains(each.release()) ? Optional.empty() : disk.modified(each.file()),
            now,
            SOME);
    return Removal.of(disk, old.stream().map(OfRelease::file).toList());
  }
}
