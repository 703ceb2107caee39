package dev.slipway.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of its own that is soon full; for tests that run as root. */
record SmallDisk(Path directory) implements AutoCloseable {
  private static final long SIZE = 8 << 20;
  private static final int PAGE = 4096;

  /** Mounts it, or has the test left out. */
  static SmallDisk mount(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString()),
        "a disk of its own is not tried: nothing may be mounted here");
    return new SmallDisk(directory);
  }

  /** Leaves not a byte. */
  void fill() throws IOException {
    try {
      write(SIZE);
    } catch (IOException full) {
      return;
    }
    throw new IOException("the disk is larger than it should be");
  }

  /** Takes so many bytes. */
  void write(long bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(directory.resolve("ballast"))) {
      for (long written = 0; written <= bytes; written += PAGE) {
        out.write(new byte[PAGE]);
      }
    }
  }

  /** Gives back what was taken. */
  void free() throws IOException {
    Files.delete(directory.resolve("ballast"));
  }

  /**
   * Makes it read-only for whoever opens something by its name. A file system on which files are
   * open for writing cannot be remounted so; this is what a faulty disk looks like nevertheless.
   */
  void refuseWrites() throws IOException, InterruptedException {
    String name = directory.toString();
    if (!succeeds("mount", "--bind", name, name)
        || !succeeds("mount", "-o", "remount,bind,ro", name)) {
      throw new IOException(directory + " cannot be made read-only");
    }
  }

  /** Remounts the whole of it, while nobody writes. */
  void remount(String option) throws IOException, InterruptedException {
    if (!succeeds("mount", "-o", "remount," + option, directory.toString())) {
      throw new IOException(directory + " cannot be remounted " + option);
    }
  }

  void takeWrites() throws IOException, InterruptedException {
    if (!succeeds("umount", "-l", directory.toString())) {
      throw new IOException(directory + " cannot be made writable");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // The read-only one on top, where a test left it there, and then the disk.
    boolean unmounted = false;
    while (succeeds("umount", "-l", directory.toString())) {
      unmounted = true;
    }
    if (!unmounted) {
      throw new IOException(directory + " cannot be unmounted");
    }
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
