package dev.slipway.checkout;

import java.nio.file.Path;

/**
 * Where a deployment's commits go.
 *
 * @param path absolute; no two deployments share or nest theirs
 * @param keepReleases how many release directories stay, for {@link Style#RELEASES}
 */
public record Target(Path path, Style style, int keepReleases) {
  /** How the checkout lies under the path. */
  public enum Style {
    /** The path is the checkout. */
    IN_PLACE,
    /** {@code path/releases/<n>}, and {@code path/current} names the live one. */
    RELEASES
  }

  public Target {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("a deployment's path is absolute, not " + path);
    }
    if (keepReleases < 1) {
      throw new IllegalArgumentException("at least one release is kept, not " + keepReleases);
    }
  }
}
