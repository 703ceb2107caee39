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

/**
 * Every release has a folder of its own, a worktree of the bare store that they share:
 *
 * <pre>
 *  path/releases/7      a tree; its .git is a file that leads to the store
 *  path/current         -> releases/7, switched by rename
 *  path/shared/data     linked into every tree as data
 *  store                refs/slipway/releases/7 keeps the release's commit from gc
 * </pre>
 *
 * A release that is begun is unfinished until it is activated; what is unfinished and not current
 * is removed when the next one begins, so a folder cut short is never switched to. In the steady
 * state this takes four git processes: keep the commit, in vain, fetch, keep it, make the worktree.
 */
final class CheckoutOfReleases implements Checkout {
  private static final int TIDY_EVERY = 20;
  private static final String KEPT = "refs/slipway/releases/";

  private final Target target;
  private final GitStore store;
  private final GitFetch fetch;
  private final ReleaseDirectories directories;

  CheckoutOfReleases(Git git, Origin origin, Target target, Path store) {
    this.target = target;
    this.store = GitStore.bare(git, origin, store);
    this.fetch = new GitFetch(this.store);
    this.directories = new ReleaseDirectories(target.path(), store);
  }

  @Override
  public CheckoutResult checkOut(CheckoutRequest request, CheckoutSurroundings surroundings)
      throws InterruptedException {
    try {
      Optional<String> occupant = occupant();
      if (occupant.isPresent()) {
        return new Refused(
            Cause.FOREIGN_PATH,
            occupant.get() + "; move it away, or give the deployment another path");
      }
      store.prepare(request.ref(), surroundings);
      for (ReleaseNumber unfinished : directories.unfinished()) {
        remove(unfinished, surroundings);
      }
      Optional<CommitId> previous = previous(surroundings);
      if (directories.current().equals(Optional.of(request.release()))) {
        return new Refused(
            Cause.FOREIGN_PATH, directories.tree(request.release()) + " is live already");
      }
      CommitId commit =
          fetch.provide(
              request, (wanted, inIt) -> fill(request.release(), wanted, inIt), surroundings);
      Path tree = directories.tree(request.release());
      List<String> linked = directories.linkShared(tree);
      directories.filled(request.release());
      if (!linked.isEmpty()) {
        surroundings.notes().accept("linked from shared: " + String.join(", ", linked));
      }
      return new Checked(tree, commit, previous);
    } catch (GitFailed failed) {
      return failed.refused();
    } catch (IOException failed) {
      return disk(failed);
    }
  }

  private Optional<String> occupant() throws IOException {
    if (store.isBegun()) {
      Optional<String> stranger = store.stranger();
      if (stranger.isPresent()) {
        return Optional.of(store.directory() + " holds " + stranger.get());
      }
    }
    Optional<String> misshapen = directories.misshapen();
    return misshapen.isPresent() || store.isBegun() ? misshapen : directories.foreign();
  }

  private Optional<CommitId> previous(CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    Optional<ReleaseNumber> current = directories.current();
    return current.isPresent()
        ? store.head(directories.tree(current.get()), surroundings)
        : Optional.empty();
  }

  private void fill(ReleaseNumber release, CommitId commit, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    store.run(List.of("update-ref", KEPT + release, commit.value()), surroundings);
    Path tree = directories.begin(release);
    store.write(
        List.of(
            "worktree", "add", "--quiet", "--detach", "--force", tree.toString(), commit.value()),
        surroundings);
  }

  @Override
  public Optional<Refused> activate(ReleaseNumber release) {
    try {
      Optional<String> misshapen = directories.misshapen();
      if (misshapen.isPresent()) {
        return misshapen.map(what -> new Refused(Cause.FOREIGN_PATH, what));
      }
      if (!directories.isWhole(release)) {
        return Optional.of(
            new Refused(
                Cause.FOREIGN_PATH, directories.tree(release) + " is not there, or not whole"));
      }
      directories.activate(release);
      return Optional.empty();
    } catch (IOException failed) {
      return Optional.of(disk(failed));
    }
  }

  @Override
  public Optional<Refused> tidy(ReleaseNumber latest, CheckoutSurroundings surroundings)
      throws InterruptedException {
    try {
      for (ReleaseNumber old : directories.beyond(target.keepReleases())) {
        remove(old, surroundings);
      }
      if (latest.value() % TIDY_EVERY == 0) {
        store.pack(surroundings);
      }
      return Optional.empty();
    } catch (GitFailed failed) {
      return Optional.of(failed.refused());
    } catch (IOException failed) {
      return Optional.of(disk(failed));
    }
  }

  /** Removes a release; interrupted, it is unfinished and goes when the next one begins. */
  private void remove(ReleaseNumber release, CheckoutSurroundings surroundings)
      throws IOException, GitFailed, InterruptedException {
    directories.removeTree(release);
    store.run(List.of("update-ref", "-d", KEPT + release), surroundings);
    directories.forget(release);
  }

  private static Refused disk(IOException failed) {
    return new Refused(Cause.DISK, "the disk refuses: " + CheckoutFiles.describe(failed));
  }

  @Override
  public GitHistory history() {
    return new GitHistory(store, fetch, this::occupant);
  }
}
