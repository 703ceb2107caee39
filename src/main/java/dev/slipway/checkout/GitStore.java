package dev.slipway.checkout;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One git repository on this host and the origin that it is filled from: the {@code .git} of a
 * checkout in place, or the bare store that a deployment's releases share. Its configuration names
 * the origin before anything else is there, which tells an interrupted first clone from a stranger.
 */
final class GitStore {
  // What a killed git leaves behind; each would make the next one refuse its work.
  private static final List<String> LOCKS =
      List.of("index.lock", "HEAD.lock", "shallow.lock", "config.lock", "packed-refs.lock");

  // Without these git does not take a folder for a repository.
  private static final List<String> PARTS = List.of("HEAD", "objects", "refs");

  private static final String CONFIG = "config";
  private static final String PACKS = "objects/pack";

  private final Git git;
  private final Origin origin;
  private final Path directory;
  private final Path home;
  private final List<String> scope;

  private GitStore(Git git, Origin origin, Path directory, Path home, List<String> scope) {
    this.git = git;
    this.origin = origin;
    this.directory = directory;
    this.home = home;
    this.scope = scope;
  }

  /** The repository of the checkout at {@code path}. */
  static GitStore inPlace(Git git, Origin origin, Path path) {
    return new GitStore(git, origin, path.resolve(".git"), path, List.of());
  }

  /** The bare repository {@code directory}. */
  static GitStore bare(Git git, Origin origin, Path directory) {
    return new GitStore(git, origin, directory, directory, List.of("--git-dir=" + directory));
  }

  Path directory() {
    return directory;
  }

  Origin origin() {
    return origin;
  }

  /** Whether it was begun by Slipway, or cloned, from any origin. */
  boolean isBegun() {
    return CheckoutFiles.exists(directory.resolve(CONFIG));
  }

  /** What it is a copy of, where that is not its origin; empty: it is the origin's. */
  Optional<String> stranger() throws IOException {
    Optional<String> url =
        CheckoutFiles.read(directory.resolve(CONFIG)).flatMap(GitConfigFile::originUrl);
    if (url.isEmpty()) {
      return Optional.of("a git repository without a remote named origin");
    }
    GitUrl found = GitUrl.of(url.get());
    boolean same = found.isSameRepository(GitUrl.of(origin.url()));
    return same
        ? Optional.empty()
        : Optional.of("a checkout of " + Quoted.of(withoutUser(url.get())));
  }

  /** An address may hold a password; whoever put it there did not mean it for a log. */
  private static String withoutUser(String url) {
    return url.replaceFirst("://[^/@]*@", "://");
  }

  /** Makes it a repository, or completes what an interruption left of one. */
  void prepare(GitRef ref, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    if (!isBegun()) {
      CheckoutFiles.createDirectories(directory);
      CheckoutFiles.write(directory.resolve(CONFIG), GitConfigFile.withOrigin(origin.url()));
    }
    List<String> locks = new ArrayList<>(LOCKS);
    locks.add(trackedAs(ref) + ".lock");
    for (String lock : locks) {
      Path file = directory.resolve(lock);
      if (CheckoutFiles.exists(file)) {
        CheckoutFiles.delete(file);
        surroundings.notes().accept("removed " + file + ", left by an interrupted run");
      }
    }
    if (!PARTS.stream().allMatch(part -> CheckoutFiles.exists(directory.resolve(part)))) {
      List<String> init =
          new ArrayList<>(List.of("init", "--quiet", "--template=", "--initial-branch=main"));
      if (!scope.isEmpty()) {
        init.add("--bare");
      }
      run(init, surroundings);
    }
  }

  /** A store of the same origin within this one, with nothing in it; to be removed after use. */
  GitStore beginEmpty(GitRef ref, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    GitStore empty = bare(git, origin, directory.resolve("slipway-anew"));
    // An interrupted one may be there still.
    empty.remove();
    empty.prepare(ref, surroundings);
    // What is fetched must stay one pack, however small.
    empty.run(List.of("config", "fetch.unpackLimit", "1"), surroundings);
    return empty;
  }

  /** Takes over all objects of a store that was begun within this one. */
  void takeObjects(GitStore other) throws IOException {
    Path from = other.directory.resolve(PACKS);
    Path to = directory.resolve(PACKS);
    CheckoutFiles.createDirectories(to);
    List<String> packs = new ArrayList<>(CheckoutFiles.list(from));
    // The index last: git takes a pack for there as soon as its index is.
    packs.sort(Comparator.comparing(name -> name.endsWith(".idx")));
    for (String pack : packs) {
      CheckoutFiles.move(from.resolve(pack), to.resolve(pack));
    }
  }

  void remove() throws IOException {
    CheckoutFiles.delete(directory);
  }

  /** Runs a git command in it that stays on this host. */
  List<String> run(List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    return git.run(home, scoped(arguments), surroundings);
  }

  /** Runs a git command in it that writes a tree. */
  List<String> write(List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    return git.write(home, scoped(arguments), surroundings);
  }

  /** Runs a git command in it that speaks to the origin. */
  void reach(List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    List<String> _ = git.reach(origin, home, scoped(arguments), surroundings);
  }

  private List<String> scoped(List<String> arguments) {
    List<String> all = new ArrayList<>(scope);
    all.addAll(arguments);
    return all;
  }

  /** The name that a ref of the origin has here. */
  static String trackedAs(GitRef ref) {
    return ref.branch()
        .map(branch -> "refs/remotes/origin/" + branch)
        .or(() -> ref.tag().map(tag -> ref.value()))
        .orElseGet(() -> "refs/slipway/" + ref.value().substring("refs/".length()));
  }

  /** Whether the commit and its root are here; that all below it is, only a checkout tells. */
  boolean has(CommitId commit, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    return succeeds(List.of("cat-file", "-e", commit + "^{tree}"), surroundings);
  }

  /** Whether the ref, as it was fetched last, names the commit; asks no git. */
  boolean isTip(GitRef ref, CommitId commit) {
    try {
      return CheckoutFiles.read(directory.resolve(trackedAs(ref)))
          .map(text -> text.strip().equals(commit.value()))
          .orElse(false);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** The commit that a ref named when it was fetched last; empty where it never was. */
  Optional<CommitId> tip(GitRef ref, CheckoutSurroundings surroundings)
      throws InterruptedException {
    try {
      Optional<String> loose = CheckoutFiles.read(directory.resolve(trackedAs(ref)));
      if (loose.isPresent()) {
        return loose.map(text -> new CommitId(text.strip()));
      }
      // A branch may have been fetched long ago, and packed since.
      return run(
              List.of("rev-parse", "--verify", "--quiet", trackedAs(ref) + "^{commit}"),
              surroundings.silent())
          .stream()
          .findFirst()
          .map(CommitId::new);
    } catch (IOException | IllegalArgumentException | GitFailed none) {
      return Optional.empty();
    }
  }

  /** Whether {@code elder} is an ancestor of {@code commit}; empty where either is unknown. */
  Optional<Boolean> isAncestor(CommitId elder, CommitId commit, CheckoutSurroundings surroundings)
      throws InterruptedException {
    try {
      run(
          List.of("merge-base", "--is-ancestor", elder.value(), commit.value()),
          surroundings.silent());
      return Optional.of(true);
    } catch (GitFailed failed) {
      return failed.exitCode() == 1 ? Optional.of(false) : Optional.empty();
    }
  }

  /** The commit that is checked out in a tree of this repository, if any is. */
  Optional<CommitId> head(Path tree, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    Path file = tree.resolve(".git");
    Optional<String> pointer = CheckoutFiles.read(file);
    Path own =
        pointer.isPresent()
            ? tree.resolve(pointer.get().strip().replaceFirst("^gitdir: *", ""))
            : file;
    String head = CheckoutFiles.read(own.resolve("HEAD")).orElse("").strip();
    try {
      return Optional.of(new CommitId(head));
    } catch (IllegalArgumentException symbolic) {
      return head.isEmpty() ? Optional.empty() : onBranch(tree, surroundings);
    }
  }

  private Optional<CommitId> onBranch(Path tree, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    try {
      return git
          .run(
              tree,
              List.of("rev-parse", "--verify", "--quiet", "HEAD^{commit}"),
              surroundings.silent())
          .stream()
          .findFirst()
          .map(CommitId::new);
    } catch (GitFailed failed) {
      if (failed.exitCode() == 1) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private boolean succeeds(List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    try {
      run(arguments, surroundings.silent());
      return true;
    } catch (GitFailed failed) {
      // git says 1 where the answer is no, and 128 where the object itself is not there
      if (failed.cause() == Cause.GIT && failed.exitCode() > 0) {
        return false;
      }
      throw failed;
    }
  }

  /** Packs loose objects when there are many; what releases need is kept by their refs. */
  void pack(CheckoutSurroundings surroundings) throws GitFailed, InterruptedException {
    run(List.of("gc", "--auto", "--quiet"), surroundings);
  }
}
