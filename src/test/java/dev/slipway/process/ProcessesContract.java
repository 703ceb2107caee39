package dev.slipway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of {@link Processes} promises. */
@Timeout(30)
abstract class ProcessesContract {
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstLine = new CountDownLatch(1);
  private final Cancellation cancellation = new Cancellation();

  abstract Processes processes();

  /** Prints {@code one} and {@code two} to standard output, {@code three} to standard error. */
  abstract Launch printing();

  abstract Launch exiting(int code);

  abstract Launch missing();

  /** Prints one line and lasts a minute at least. */
  abstract Launch lasting(Duration timeout);

  private void take(Output.Stream stream, String text) {
    seen.add(stream.word() + " " + text);
    firstLine.countDown();
  }

  private Exit run(Launch launch) throws InterruptedException {
    return processes().run(launch, this::take, cancellation);
  }

  private Thread runAside(Launch launch, CompletableFuture<Object> ending) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            ending.complete(run(launch));
          } catch (InterruptedException interrupted) {
            ending.complete(interrupted);
          }
        });
  }

  @Test
  void outputIsHandedOnBeforeTheRunReturns() throws Exception {
    assertEquals(new Exit.Code(0), run(printing()));
    assertEquals(
        List.of("stdout one", "stdout two"),
        seen.stream().filter(line -> line.startsWith("stdout")).toList());
    assertTrue(seen.contains("stderr three"), seen.toString());
  }

  @Test
  void theExitCodeIsAnswered() throws Exception {
    Exit exit = run(exiting(7));
    assertEquals(new Exit.Code(7), exit);
    assertFalse(exit.succeeded());
  }

  @Test
  void aProgramThatIsNotThereIsNotStarted() throws Exception {
    Exit.NotStarted exit = assertInstanceOf(Exit.NotStarted.class, run(missing()));
    assertTrue(exit.reason().contains("not found"), exit.reason());
  }

  @Test
  void aCancelledRunEnds() throws Exception {
    CompletableFuture<Object> ending = new CompletableFuture<>();
    runAside(lasting(Duration.ofMinutes(1)), ending);
    assertTrue(firstLine.await(10, TimeUnit.SECONDS));
    cancellation.cancel("a newer push");
    assertEquals(new Exit.Cancelled(), ending.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whatIsCancelledBeforeItsStartDoesNotStart() throws Exception {
    cancellation.cancel("a newer push");
    assertEquals(new Exit.Cancelled(), run(printing()));
    assertEquals(List.of(), seen);
  }

  @Test
  void anInterruptedRunEndsWithTheInterruption() throws Exception {
    CompletableFuture<Object> ending = new CompletableFuture<>();
    Thread thread = runAside(lasting(Duration.ofMinutes(1)), ending);
    assertTrue(firstLine.await(10, TimeUnit.SECONDS));
    thread.interrupt();
    assertInstanceOf(InterruptedException.class, ending.get(10, TimeUnit.SECONDS));
  }

  @Test
  void aRunThatLastsLongerThanItMayIsEnded() throws Exception {
    Duration limit = Duration.ofMillis(100);
    assertEquals(new Exit.TimedOut(limit), run(lasting(limit)));
  }
}
