package dev.slipway.lock;

import java.nio.file.Path;

/**
 * The main program of a second JVM: takes a lock file, says so, and holds it until its input ends.
 */
final class HoldLock {
  private HoldLock() {}

  public static void main(String[] arguments) throws Exception {
    try (LockFile _ = LockFile.tryTake(Path.of(arguments[0])).orElseThrow()) {
      System.out.println("held");
      var _ = System.in.read();
    }
  }
}
