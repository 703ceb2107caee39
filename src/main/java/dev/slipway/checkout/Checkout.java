package dev.slipway.checkout;

import dev.slipway.vocabulary.ReleaseNumber;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A deployment's commits on this host's disk. Whoever calls it holds the deployment's lock: nothing
 * else of Slipway works on the same path or object store meanwhile, so locks that git left behind
 * there are stale. Survives its own end at any point: the next call goes on from what it finds.
 *
 * <p>All methods are interruptible; interruption ends the git that runs.
 */
public sealed interface Checkout permits CheckoutInPlace, CheckoutOfReleases {
  /**
   * The checkout of one deployment.
   *
   * @param store the folder for the objects that its releases share
   */
  static Checkout of(Git git, Origin origin, Target target, Path store) {
    return switch (target.style()) {
      case IN_PLACE -> new CheckoutInPlace(git, origin, target.path());
      case RELEASES -> new CheckoutOfReleases(git, origin, target, store);
    };
  }

  /** Produces the tree of exactly the commit that is wanted; fetches what is missing. */
  CheckoutResult checkOut(CheckoutRequest request, CheckoutSurroundings surroundings)
      throws InterruptedException;

  /**
   * Makes a release live, atomically, also an earlier one that is still kept. In place there is
   * nothing to switch. Present: why it cannot be.
   */
  Optional<CheckoutResult.Refused> activate(ReleaseNumber release);

  /**
   * Removes what is not needed any more: release directories beyond those kept, now and then loose
   * objects. For after a success, off its path. Present: what was in the way.
   */
  Optional<CheckoutResult.Refused> tidy(ReleaseNumber latest, CheckoutSurroundings surroundings)
      throws InterruptedException;

  /** How its commits stand to each other. */
  GitHistory history();
}
