package dev.slipway.deploy;

import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.ByteSize;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disks have room for another release of one deployment: those that hold the state
 * directory and the deployment's path. A release that runs is never touched; the next one waits
 * until there is room again. Any thread.
 */
public final class Preflight {
  private static final Logger log = LoggerFactory.getLogger(Preflight.class);

  private static final long MEBIBYTE = 1L << 20;

  private final Spool spool;
  private final Deployment deployment;
  private final Supplier<ByteSize> least;
  private boolean said;

  /**
   * @param least what must be free on each of the disks; 0: nothing
   */
  public Preflight(Spool spool, Deployment deployment, Supplier<ByteSize> least) {
    this.spool = spool;
    this.deployment = deployment;
    this.least = least;
  }

  /** Which disk has too little room for a release to begin, and how much it has. */
  public Optional<String> shortage() {
    ByteSize needed = least.get();
    if (needed.bytes() == 0) {
      return Optional.empty();
    }
    for (Path path : List.of(spool.state().root(), deployment.target().path())) {
      Optional<Long> usable = usable(path);
      if (usable.isPresent() && usable.get() < needed.bytes()) {
        return Optional.of(
            "free disk space: %s has %s left, min_free_disk is %s"
                .formatted(path, rounded(usable.get()), needed));
      }
    }
    return Optional.empty();
  }

  /** Whether a release may begin; says it once when that changes. */
  synchronized boolean isPassed() {
    Optional<String> shortage = shortage();
    if (shortage.isPresent() && !said) {
      log.warn("nothing new starts deployment={} needs={}", deployment.slug(), shortage.get());
    } else if (shortage.isEmpty() && said) {
      log.info("there is room again deployment={}", deployment.slug());
    }
    said = shortage.isPresent();
    return !said;
  }

  /** The bytes that are free where the path is or will be; absent where that cannot be told. */
  private Optional<Long> usable(Path path) {
    for (Path there = path; there != null; there = there.getParent()) {
      try {
        return Optional.of(spool.disk().usableBytes(there));
      } catch (NoSuchFileException notYet) {
        // The first release makes it, on the file system of what is above it.
      } catch (IOException unknown) {
        // The checkout says it better, with what to do about it.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static ByteSize rounded(long bytes) {
    return bytes < MEBIBYTE ? new ByteSize(bytes) : ByteSize.ofMiB(bytes / MEBIBYTE);
  }
}
