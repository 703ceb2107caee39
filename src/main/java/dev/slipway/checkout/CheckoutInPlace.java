package dev.slipway.checkout;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.checkout.CheckoutResult.Checked;
import dev.slipway.checkout.CheckoutResult.Refused;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The deployment's path is the checkout, HEAD detached at the commit. Untracked files stay; changed
 * tracked files are overwritten, and named in the log first. This takes one git process where the
 * commit is here already, and three in the steady state: checkout in vain, fetch, checkout.
 */
final class CheckoutInPlace implements Checkout {
  private static final int TIDY_EVERY = 20;

  private final Path path;
  private final GitStore store;
  private final GitFetch fetch;

  CheckoutInPlace(Git git, Origin origin, Path path) {
    this.path = path;
    this.store = GitStore.inPlace(git, origin, path);
    this.fetch = new GitFetch(store);
  }

  @Override
  public CheckoutResult checkOut(CheckoutRequest request, CheckoutSurroundings surroundings)
      throws InterruptedException {
    try {
      Optional<String> occupant = occupant();
      if (occupant.isPresent()) {
        return new Refused(
            Cause.FOREIGN_PATH,
            path + " holds " + occupant.get() + "; empty it, or give the deployment another path");
      }
      CheckoutFiles.createDirectories(path);
      store.prepare(request.ref(), surroundings);
      Optional<CommitId> previous = store.head(path, surroundings);
      CommitId commit =
          fetch.provide(request, (wanted, inIt) -> place(wanted, previous, inIt), surroundings);
      return new Checked(path, commit, previous);
    } catch (GitFailed failed) {
      return failed.refused();
    } catch (IOException failed) {
      return new Refused(Cause.DISK, "the disk refuses: " + CheckoutFiles.describe(failed));
    }
  }

  /** What lies at the path that is not this deployment's; empty where it is, or nothing. */
  private Optional<String> occupant() throws IOException {
    if (!CheckoutFiles.exists(path)) {
      return Optional.empty();
    }
    if (!CheckoutFiles.isDirectory(path)) {
      return Optional.of("a file");
    }
    List<String> names = CheckoutFiles.list(path);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (!names.contains(".git")) {
      return Optional.of("files that are no checkout (" + CheckoutFiles.some(names) + ")");
    }
    if (!CheckoutFiles.isDirectory(path.resolve(".git"))) {
      return Optional.of("a worktree or submodule of another repository");
    }
    boolean barelyBegun =
        names.size() == 1
            && List.of("config.new").containsAll(CheckoutFiles.list(path.resolve(".git")));
    return barelyBegun ? Optional.empty() : store.stranger();
  }

  private void place(
      CommitId commit, Optional<CommitId> previous, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    if (previous.isEmpty()) {
      // Nothing was ever checked out: what lies here is left of an interrupted first time.
      force(commit, surroundings);
      return;
    }
    List<String> inTheWay;
    try {
      List<String> kept =
          store.write(List.of("checkout", "--detach", commit.value(), "--"), surroundings.silent());
      if (kept.isEmpty()) {
        return;
      }
      inTheWay = List.of();
    } catch (GitFailed failed) {
      if (failed.cause() != Cause.GIT || failed.missesObject()) {
        throw failed;
      }
      inTheWay = failed.said().stream().filter(line -> line.startsWith("\t")).toList();
    }
    nameChanges(inTheWay, surroundings);
    force(commit, surroundings);
  }

  private void force(CommitId commit, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    store.write(
        List.of("checkout", "--quiet", "--force", "--detach", commit.value(), "--"), surroundings);
  }

  private void nameChanges(List<String> inTheWay, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    List<String> changed =
        store.write(
            List.of("status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"),
            surroundings.silent());
    List<String> names =
        Stream.concat(
                changed.stream().filter(line -> line.length() > 3).map(line -> line.substring(3)),
                inTheWay.stream().map(String::strip))
            .sorted()
            .distinct()
            .toList();
    if (!names.isEmpty()) {
      surroundings.notes().accept("overwrites what was changed here: " + CheckoutFiles.some(names));
    }
  }

  @Override
  public Optional<Refused> activate(ReleaseNumber release) {
    return Optional.empty();
  }

  @Override
  public Optional<Refused> tidy(ReleaseNumber latest, CheckoutSurroundings surroundings)
      throws InterruptedException {
    try {
      if (latest.value() % TIDY_EVERY == 0) {
        store.pack(surroundings);
      }
      return Optional.empty();
    } catch (GitFailed failed) {
      return Optional.of(failed.refused());
    }
  }

  @Override
  public GitHistory history() {
    return new GitHistory(store, fetch, this::occupant);
  }
}
