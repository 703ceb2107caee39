package dev.slipway.checkout;

import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folders of a deployment in the style {@code releases}: which releases lie there, which is
 * live, and which are unfinished. A release is unfinished from before its first file until it is
 * activated, and again from before its removal; the store remembers that by a file {@code
 * slipway/unfinished/<n>}, which says whether the tree is whole meanwhile. The live release is
 * never unfinished, whatever there is.
 */
public final class ReleaseDirectories {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Set<String> OWN = Set.of("releases", "current", "shared", ".current.new");

  private static final String WHOLE = "whole\n";
  private static final String PARTIAL = "partial\n";

  private final Path path;
  private final Path releases;
  private final Path current;
  private final Path shared;
  private final Path unfinished;
  private final Path worktrees;

  /**
   * @param path the deployment's
   * @param store the bare repository
   */
  ReleaseDirectories(Path path, Path store) {
    this.path = path;
    this.releases = path.resolve("releases");
    this.current = path.resolve("current");
    this.shared = path.resolve("shared");
    this.unfinished = store.resolve("slipway").resolve("unfinished");
    this.worktrees = store.resolve("worktrees");
  }

  /** The releases whose folders lie under a deployment's path, in no order; none in place. */
  public static List<ReleaseNumber> under(Path path) throws IOException {
    return numbers(path.resolve("releases"));
  }

  Path tree(ReleaseNumber release) {
    return releases.resolve(release.toString());
  }

  /** What in the path has a name of ours but is none of ours. */
  Optional<String> misshapen() throws IOException {
    if (CheckoutFiles.exists(path) && !CheckoutFiles.isDirectory(path)) {
      return Optional.of(path + " is a file");
    }
    if (CheckoutFiles.exists(releases) && !CheckoutFiles.isDirectory(releases)) {
      return Optional.of(releases + " is no folder");
    }
    if (CheckoutFiles.exists(current) && current().isEmpty()) {
      Optional<Path> link = CheckoutFiles.readLink(current);
      return Optional.of(
          link.map(to -> current + " is a link to " + Quoted.of(to.toString()))
                  .orElse(current + " is no link")
              + ", not to a release");
    }
    return Optional.empty();
  }

  /** What the path holds beside what is ours; for a path that nothing was deployed to yet. */
  Optional<String> foreign() throws IOException {
    List<String> names =
        CheckoutFiles.list(path).stream().filter(name -> !OWN.contains(name)).toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            path + " holds files that are no releases (" + CheckoutFiles.some(names) + ")");
  }

  /** The release that is live. */
  Optional<ReleaseNumber> current() throws IOException {
    return CheckoutFiles.readLink(current)
        .filter(to -> path.resolve(to).normalize().startsWith(releases.normalize()))
        .filter(to -> NUMBER.matcher(to.getFileName().toString()).matches())
        .map(to -> new ReleaseNumber(Integer.parseInt(to.getFileName().toString())));
  }

  /** Whether the release's tree is there and was neither cut short nor begun to be removed. */
  boolean isWhole(ReleaseNumber release) throws IOException {
    return CheckoutFiles.isDirectory(tree(release))
        && CheckoutFiles.read(note(release)).orElse(WHOLE).equals(WHOLE);
  }

  /** The releases that were begun, or begun to be removed, and are not live. */
  List<ReleaseNumber> unfinished() throws IOException {
    Optional<ReleaseNumber> live = current();
    if (live.isPresent()) {
      // Activated, and interrupted before that was noted.
      forget(live.get());
    }
    return numbers(unfinished);
  }

  /** Makes an empty folder for a release; what an earlier try left in it goes. */
  Path begin(ReleaseNumber release) throws IOException {
    removeTree(release);
    CheckoutFiles.createDirectories(tree(release));
    return tree(release);
  }

  /** The release's tree is whole now. */
  void filled(ReleaseNumber release) throws IOException {
    CheckoutFiles.write(note(release), WHOLE);
  }

  /** Puts a link to every entry of {@code shared} into a tree; answers their names. */
  List<String> linkShared(Path tree) throws IOException {
    List<String> linked = new ArrayList<>();
    for (String name : CheckoutFiles.list(shared)) {
      // Git's own file in the tree leads to the store.
      if (!name.equals(".git")) {
        CheckoutFiles.link(tree.resolve(name), Path.of("..", "..", "shared", name));
        linked.add(name);
      }
    }
    return linked;
  }

  /** Switches to the release. */
  void activate(ReleaseNumber release) throws IOException {
    CheckoutFiles.switchLink(current, Path.of("releases", release.toString()));
    forget(release);
  }

  /** The releases beyond the newest {@code kept} ones, the live one always being kept. */
  List<ReleaseNumber> beyond(int kept) throws IOException {
    Optional<ReleaseNumber> live = current();
    List<ReleaseNumber> unfinishedOnes = unfinished();
    List<ReleaseNumber> others =
        numbers(releases).stream()
            .filter(release -> !unfinishedOnes.contains(release))
            .filter(release -> !live.equals(Optional.of(release)))
            .sorted(Comparator.reverseOrder())
            .toList();
    int room = live.isPresent() ? kept - 1 : kept;
    return others.subList(Math.min(room, others.size()), others.size());
  }

  /** Removes a release's folder and git's notes of it; it is unfinished afterwards. */
  void removeTree(ReleaseNumber release) throws IOException {
    CheckoutFiles.createDirectories(unfinished);
    CheckoutFiles.write(note(release), PARTIAL);
    CheckoutFiles.delete(tree(release));
    CheckoutFiles.delete(worktrees.resolve(release.toString()));
  }

  /** Nothing of the release is unfinished any more. */
  void forget(ReleaseNumber release) throws IOException {
    CheckoutFiles.delete(note(release));
  }

  private Path note(ReleaseNumber release) {
    return unfinished.resolve(release.toString());
  }

  private static List<ReleaseNumber> numbers(Path directory) throws IOException {
    return CheckoutFiles.list(directory).stream()
        .filter(name -> NUMBER.matcher(name).matches())
        .map(name -> new ReleaseNumber(Integer.parseInt(name)))
        .toList();
  }
}
