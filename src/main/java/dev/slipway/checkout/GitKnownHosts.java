package dev.slipway.checkout;

import dev.slipway.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * GitHub's SSH host keys, pinned: shipped with the program and written into the state directory,
 * where ssh reads them. So the first connection is as safe as the thousandth.
 */
public final class GitKnownHosts {
  private static final String RESOURCE = "github-known-hosts";
  private static final int LIMIT = 64 * 1024;

  private GitKnownHosts() {}

  /** Writes the file unless it is there already; answers where. */
  public static Path install(Disk disk, Path stateDirectory) throws IOException {
    byte[] keys = shipped();
    Path directory = stateDirectory.resolve("git");
    Path file = directory.resolve(RESOURCE);
    if (!disk.exists(file) || !Arrays.equals(disk.read(file, LIMIT), keys)) {
      disk.createDirectories(directory);
      Path draft = directory.resolve("." + RESOURCE + ".new");
      disk.delete(draft);
      disk.stage(draft, keys);
      disk.replace(draft, file);
    }
    return file;
  }

  private static byte[] shipped() throws IOException {
    try (InputStream resource = GitKnownHosts.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the program lacks its resource " + RESOURCE);
      }
      return resource.readAllBytes();
    }
  }
}
