package dev.slipway.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest extends LocksContract {
  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir Path directory;

  @Override
  Locks locks() {
    return new FileLocks(directory);
  }

  @Override
  Locks ofAnother() {
    return new FileLocks(directory.resolve("../" + directory.getFileName()));
  }

  private StateLock work() {
    return new StateLock(directory.resolve("work"));
  }

  private Process otherHolder(Path file) throws IOException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HoldLock.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals("held", other.inputReader(StandardCharsets.US_ASCII).readLine());
    return other;
  }

  @Test
  void theFileSaysWhoHoldsIt() throws Exception {
    try (Lease lease = taken(WEBSITE)) {
      assertEquals(0, lease.fencingToken());
      // Read in this process only here: closing the file gives the lock up.
      assertEquals(OWN_PID + "\n", Files.readString(directory.resolve("deployment.website")));
    }
  }

  @Test
  void anotherProcessExcludesUntilItIsKilled() throws Exception {
    Process other = otherHolder(directory.resolve("deployment.website"));
    try {
      assertEquals(Optional.empty(), locks().tryAcquire(WEBSITE));
      assertEquals(other.pid() + "\n", Files.readString(directory.resolve("deployment.website")));
    } finally {
      other.destroyForcibly();
      assertTrue(other.waitFor(10, TimeUnit.SECONDS));
    }

    taken(WEBSITE).close();
  }

  @Test
  @Timeout(20)
  void aFileThatTheDiskKeepsWaitingHoldsUpNoOther() throws Exception {
    Path slow = directory.resolve("work");
    // Opening it for reading waits until somebody opens it for writing.
    assertEquals(0, new ProcessBuilder("mkfifo", slow.toString()).start().waitFor());
    Thread waiting =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                var _ = work().holder();
              } catch (IOException noLock) {
                // A pipe is none.
              }
            });
    while (Arrays.stream(waiting.getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("open"))) {
      Thread.onSpinWait();
    }

    CompletableFuture<Void> other = new CompletableFuture<>();
    Thread _ =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                taken(WEBSITE).close();
                other.complete(null);
              } catch (Exception refused) {
                other.completeExceptionally(refused);
              }
            });
    try {
      other.get(5, TimeUnit.SECONDS);
      assertTrue(waiting.isAlive());
    } finally {
      Files.newOutputStream(slow).close();
      waiting.join();
    }
  }

  @Test
  void whoWorksOnAStateDirectoryIsKnownToOthers() throws Exception {
    Process other = otherHolder(directory.resolve("work"));
    try {
      assertEquals(OptionalLong.of(other.pid()), work().holder());
      assertEquals(Optional.empty(), work().tryTake());
      assertEquals(OptionalLong.of(other.pid()), work().holder());
    } finally {
      other.destroyForcibly();
      assertTrue(other.waitFor(10, TimeUnit.SECONDS));
    }

    assertEquals(OptionalLong.empty(), work().holder());
  }

  @Test
  void lookingAtAStateDirectoryOfOnesOwnGivesNothingUp() throws Exception {
    try (Lease _ = work().tryTake().orElseThrow()) {
      assertEquals(OptionalLong.of(OWN_PID), work().holder());
      assertEquals(OptionalLong.of(OWN_PID), work().holder());
      assertTrue(isHeldForOthers(directory.resolve("work")));
    }
    assertEquals(OptionalLong.empty(), work().holder());
  }

  /** What a second JVM finds that tries to take the file. */
  private boolean isHeldForOthers(Path file) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HoldLock.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    other.outputWriter().close();
    String said = other.inputReader(StandardCharsets.US_ASCII).readLine();
    assertTrue(other.waitFor(30, TimeUnit.SECONDS));
    return said == null && other.exitValue() != 0;
  }

  @Test
  void aStateDirectoryThatNobodyEverWorkedOnHasNoHolder() throws Exception {
    assertEquals(OptionalLong.empty(), work().holder());
    assertEquals(OptionalLong.empty(), new StateLock(directory.resolve("not/there/work")).holder());
    assertTrue(Files.notExists(directory.resolve("work")));
  }

  @Test
  void lookingOnNeverStandsInTheWayOfWhoIsStarting() throws Exception {
    Path file = directory.resolve("work");
    try (Lease _ = work().tryTake().orElseThrow()) {
      assertTrue(Files.exists(file));
    }
    // What a process that only looks holds for a moment, held for longer.
    Process onlooker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OnlookerForAWhile.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("looking", onlooker.inputReader(StandardCharsets.US_ASCII).readLine());
      onlooker.outputWriter().close();
      try (Lease lease = work().tryTake().orElseThrow()) {
        assertTrue(lease.isHeld());
      }
    } finally {
      onlooker.destroyForcibly();
      assertTrue(onlooker.waitFor(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void aDirectoryThatIsMissingIsAnError() {
    Locks nowhere = new FileLocks(directory.resolve("nowhere"));

    assertThrows(NoSuchFileException.class, () -> nowhere.tryAcquire(WEBSITE));
  }
}
