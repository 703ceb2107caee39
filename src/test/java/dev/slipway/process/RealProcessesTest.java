package dev.slipway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RealProcessesTest extends ProcessesContract {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

  private final Processes processes = new RealProcesses(Duration.ofMillis(300));
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();
  private final RunToken token = RunToken.random();

  @TempDir Path directory;

  @AfterEach
  void endWhatATestLeft() throws Exception {
    processes.endAll(token);
  }

  @Override
  Processes processes() {
    return processes;
  }

  @Override
  Launch printing() {
    return shell("echo one; echo two; echo three >&2");
  }

  @Override
  Launch exiting(int code) {
    return shell("exit " + code);
  }

  @Override
  Launch missing() {
    return launch("no-such-program");
  }

  @Override
  Launch lasting(Duration timeout) {
    return new Launch(List.of("sh", "-c", "echo begun; sleep 60"), directory, ENVIRONMENT, timeout);
  }

  private Launch launch(String... words) {
    return new Launch(List.of(words), directory, ENVIRONMENT, LONG);
  }

  private Launch shell(String line) {
    return launch("sh", "-c", line);
  }

  /** A shell whose descendants the test finds again by their token. */
  private Launch marked(String line, Duration timeout) {
    Map<String, String> environment =
        Map.of("PATH", "/usr/bin:/bin", RunToken.VARIABLE, token.value());
    return new Launch(List.of("sh", "-c", line), directory, environment, timeout);
  }

  private Exit run(Launch launch) throws InterruptedException {
    return processes.run(launch, this::take, cancellation);
  }

  private void take(Output.Stream stream, String text) {
    (stream == Output.Stream.STDOUT ? out : err).add(text);
  }

  private int alive() throws IOException {
    return ProcessTable.holding(RunToken.VARIABLE, token.value()).size();
  }

  private String reasonFor(Launch launch) throws InterruptedException {
    return assertInstanceOf(Exit.NotStarted.class, run(launch)).reason();
  }

  // what a program gets

  @Test
  void theEnvironmentIsExactlyWhatTheLaunchSays() throws Exception {
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "GREETING", "grüß dich");
    run(new Launch(List.of("env"), directory, environment, LONG));
    assertEquals(
        List.of("GREETING=grüß dich", "PATH=/usr/bin:/bin"), out.stream().sorted().toList());
  }

  @Test
  void argumentsArriveAsTheyAre() throws Exception {
    run(launch("printf", "%s\\n", "", "two words", "$(id)", "größe", "'\"\\"));
    assertEquals(List.of("", "two words", "$(id)", "größe", "'\"\\"), out);
  }

  @Test
  void aProgramSeesItsOwnNameAsItWasCalled() throws Exception {
    run(launch("sh", "-c", "echo $0"));
    assertEquals(List.of("sh"), out);
  }

  @Test
  void standardInputIsAtItsEnd() throws Exception {
    assertEquals(new Exit.Code(0), run(launch("cat")));
    assertEquals(List.of(), out);
  }

  @Test
  void thereIsNoTerminalToAskAt() throws Exception {
    run(shell("(: </dev/tty) || echo none"));
    assertEquals(List.of("none"), out);
  }

  @Test
  void theProgramLeadsASessionOfItsOwn() throws Exception {
    run(shell("cut -d' ' -f1,5,6 /proc/$$/stat"));
    String[] numbers = out.getFirst().split(" ", -1);
    assertEquals(numbers[0], numbers[1]);
    assertEquals(numbers[0], numbers[2]);
  }

  @Test
  void noSignalIsBlockedOrIgnored() throws Exception {
    run(launch("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status"));
    assertEquals(List.of("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"), out);
  }

  @Test
  void noOtherDescriptorOfTheDaemonIsInherited() throws Exception {
    // The fourth is the one that ls itself reads the directory by.
    run(launch("ls", "/proc/self/fd"));
    assertEquals(List.of("0", "1", "2", "3"), out);
  }

  // which program it is

  @Test
  void aProgramIsLookedUpOnThePathOfTheLaunch() throws Exception {
    script(directory.resolve("greet"), "#!/bin/sh\necho found\n");
    Map<String, String> environment = Map.of("PATH", directory.toString());
    assertEquals(new Exit.Code(0), run(new Launch(List.of("greet"), directory, environment, LONG)));
    assertEquals(List.of("found"), out);
    assertEquals("greet not found on the PATH /usr/bin:/bin", reasonFor(launch("greet")));
  }

  @Test
  void aWordWithASlashIsAFileOfTheDirectory() throws Exception {
    script(directory.resolve("greet"), "#!/bin/sh\necho found\n");
    assertEquals(new Exit.Code(0), run(launch("./greet")));
    assertEquals("./other not found", reasonFor(launch("./other")));
  }

  @Test
  void whatCannotBeExecutedIsNotStarted() throws Exception {
    Files.writeString(directory.resolve("text"), "no program");
    assertEquals("./text is not executable", reasonFor(launch("./text")));
    assertEquals("./. is not a file", reasonFor(launch("./.")));
    script(directory.resolve("orphan"), "#!/no/such/interpreter\n");
    assertTrue(reasonFor(launch("./orphan")).contains("interpreter"));
  }

  @Test
  void aScriptWithoutAnInterpreterLineRunsUnderTheShell() throws Exception {
    script(directory.resolve("plain"), "echo \"$1\"\n");
    assertEquals(new Exit.Code(0), run(launch("./plain", "argument")));
    assertEquals(List.of("argument"), out);
  }

  @Test
  void aMissingDirectoryIsNamed() throws Exception {
    Path gone = directory.resolve("gone");
    assertEquals(
        "its directory " + gone + " does not exist",
        reasonFor(new Launch(List.of("true"), gone, ENVIRONMENT, LONG)));
  }

  @Test
  void whatNoSystemTakesIsNotStarted() throws Exception {
    assertTrue(reasonFor(launch("echo", "a\0b")).contains("NUL"));
    assertTrue(
        reasonFor(new Launch(List.of("true"), directory, Map.of("A=B", "c"), LONG))
            .contains("cannot be named"));
    assertTrue(reasonFor(launch("echo", "x".repeat(3_000_000))).contains("too long"));
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  // what it prints

  @Test
  void invalidBytesAndControlCharactersComeThrough() throws Exception {
    run(launch("printf", "a\\377b\\n\\000\\033[1m\\r\\nlast"));
    assertEquals(List.of("a\ufffdb", "\0\033[1m", "last"), out);
  }

  @Test
  void gigabytesPassThroughASmallHeap() throws Exception {
    AtomicLong characters = new AtomicLong();
    Exit exit =
        processes.run(
            shell("head -c 200000000 /dev/zero"),
            (stream, text) -> characters.addAndGet(text.length()),
            cancellation);
    assertEquals(new Exit.Code(0), exit);
    assertEquals(200_000_000, characters.get());
  }

  @Test
  void allThatWasWrittenBeforeTheEndIsHandedOn() throws Exception {
    for (int round = 0; round < 20; round++) {
      out.clear();
      run(shell("seq 1 5000"));
      assertEquals(5000, out.size());
      assertEquals("5000", out.getLast());
    }
  }

  @Test
  void outputThatCannotBeTakenEndsTheProgram() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            processes.run(
                marked("echo line; sleep 60", LONG),
                (stream, text) -> {
                  throw new IllegalStateException("the log is full");
                },
                cancellation));
    assertEquals(0, alive());
  }

  // what it leaves behind

  @Test
  void aGrandchildThatHoldsTheOutputOpenHoldsNothingUp() throws Exception {
    long before = System.nanoTime();
    assertEquals(new Exit.Code(3), run(marked("sleep 60 & echo begun; exit 3", LONG)));
    assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 10);
    assertEquals(List.of("begun"), out);
    assertEquals(1, alive());
  }

  @Test
  void aGrandchildThatNeverStopsWritingHoldsNothingUp() throws Exception {
    AtomicLong lines = new AtomicLong();
    Exit exit =
        processes.run(
            marked("yes & sleep 0.1; exit 4", LONG),
            (stream, text) -> lines.incrementAndGet(),
            cancellation);
    assertEquals(new Exit.Code(4), exit);
    assertTrue(lines.get() > 0);
  }

  @Test
  void aSignalIsAnExitCodeAbove128() throws Exception {
    assertEquals(new Exit.Code(137), run(shell("kill -KILL $$")));
    assertEquals(new Exit.Code(143), run(shell("kill -TERM $$")));
  }

  @Test
  void aTimeLimitEndsTheWholeGroup() throws Exception {
    Duration limit = Duration.ofMillis(100);
    assertEquals(new Exit.TimedOut(limit), run(marked("sleep 60 & sleep 60 & sleep 60", limit)));
    assertEquals(0, alive());
  }

  @Test
  void theProgramMaySayFarewell() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread canceller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                begun.await();
                cancellation.cancel("enough");
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
    Exit exit =
        processes.run(
            shell("trap 'echo farewell; exit 0' TERM; echo begun; sleep 60 & wait"),
            (stream, text) -> {
              take(stream, text);
              begun.countDown();
            },
            cancellation);
    canceller.join();
    assertEquals(new Exit.Cancelled(), exit);
    assertEquals(List.of("begun", "farewell"), out);
  }

  @Test
  void whatIgnoresTermIsKilled() throws Exception {
    Duration limit = Duration.ofMillis(200);
    String deaf =
        "trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & while :; do sleep 1; done";
    assertEquals(new Exit.TimedOut(limit), run(marked(deaf, limit)));
    assertEquals(0, alive());
  }

  @Test
  void whatLeftTheSessionIsEndedToo() throws Exception {
    Duration limit = Duration.ofMillis(300);
    // Job control gives the first a group of its own, setsid the second a session.
    assertEquals(
        new Exit.TimedOut(limit), run(marked("set -m; sleep 60 & setsid sleep 60 & wait", limit)));
    assertEquals(0, alive());
  }

  @Test
  void whatLostAllItsParentsIsEndedToo() throws Exception {
    Duration limit = Duration.ofMillis(500);
    // The one in between ends at once, so nothing but the token tells whose child the last one is.
    String daemonising =
        "(setsid sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' &) ; sleep 60";
    assertEquals(new Exit.TimedOut(limit), run(marked(daemonising, limit)));
    assertEquals(0, alive());
  }

  @Test
  void aProgramThatEndsByItselfMayLeaveOthersBehind() throws Exception {
    assertEquals(new Exit.Code(0), run(marked("setsid sleep 60 >/dev/null 2>&1 &", LONG)));
    assertEquals(1, alive());
  }

  // what an earlier daemon left

  @Test
  void everyCarrierOfATokenIsEndedAndNobodyElse() throws Exception {
    run(
        marked(
            "setsid sleep 60 >/dev/null 2>&1 & (trap '' TERM; sleep 60 & exec sleep 61) & exit 0",
            LONG));
    Optional<ProcessTable.Entry> other =
        ProcessTable.holding(RunToken.VARIABLE, token.value()).stream().findFirst();
    assertTrue(other.isPresent());
    assertEquals(0, processes.endAll(RunToken.random()));
    assertTrue(alive() > 0);
    assertTrue(processes.endAll(token) >= 2);
    assertEquals(0, alive());
  }

  @Test
  void interruptionLeavesNothingBehind() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                processes.run(
                    marked("echo begun; sleep 60", LONG),
                    (stream, text) -> begun.countDown(),
                    cancellation);
              } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
              }
            });
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    assertFalse(alive() == 0);
    thread.interrupt();
    thread.join();
    assertEquals(0, alive());
  }

  @Test
  void manyRunsAtOnceDoNotMixTheirOutput() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 32; i++) {
      String word = "run" + i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                List<String> lines = new ArrayList<>();
                try {
                  processes.run(
                      launch("echo", word), (stream, text) -> lines.add(text), cancellation);
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                }
                if (!lines.equals(List.of(word))) {
                  wrong.add(word + " printed " + lines);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), wrong);
  }
}
