package dev.slipway.lock;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The main program of a second JVM: asks who holds a lock file, and lets go when its input ends.
 */
final class OnlookerForAWhile {
  private OnlookerForAWhile() {}

  public static void main(String[] arguments) throws Exception {
    try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.READ);
        var _ = channel.tryLock(1, 1, true)) {
      System.out.println("looking");
      var _ = System.in.read();
    }
  }
}
