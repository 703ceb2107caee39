package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Message;
import dev.slipway.event.MessageCodec;
import dev.slipway.process.Output;
import dev.slipway.time.ManualClock;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseLogTest {
  private static final String AT = "2025-11-21T06:20:00.123456Z";
  private static final String COMPLETED =
      "{\"at\":\""
          + AT
          + "\",\"type\":\"status\",\"body\":{\"type\":\"completed\",\"data\":\"failed\"}}";

  private final ManualClock clock = ManualClock.atSomeMoment();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void choosePlace() {
    file = directory.resolve("logs").resolve("website").resolve("7.ndjson");
  }

  private ReleaseLog open() {
    return ReleaseLog.open(file, clock, new Masker(List.of(new Secret("hunter-two"))));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void eachMessageIsOneLineOfJson() throws Exception {
    try (ReleaseLog log = open()) {
      log.notice("step 1 of 1: run make");
      log.line(Output.Stream.STDOUT, "cc \"site\"\tdone");
      log.line(Output.Stream.STDERR, "warning: é\ud83d\ude80");
      log.fault("step 1 failed");
      log.completed("failed");
    }
    assertEquals(
        List.of(
            "{\"at\":\""
                + AT
                + "\",\"type\":\"status\",\"body\":{\"type\":\"info\",\"data\":\"step 1 of 1: run"
                + " make\"}}",
            "{\"at\":\""
                + AT
                + "\",\"type\":\"output\",\"body\":{\"type\":\"line\",\"data\":\"cc"
                + " \\\"site\\\"\\tdone\",\"stream\":\"stdout\"}}",
            "{\"at\":\""
                + AT
                + "\",\"type\":\"output\",\"body\":{\"type\":\"line\",\"data\":\"warning:"
                + " é\ud83d\ude80\",\"stream\":\"stderr\"}}",
            "{\"at\":\""
                + AT
                + "\",\"type\":\"status\",\"body\":{\"type\":\"error\",\"data\":\"step 1"
                + " failed\"}}",
            COMPLETED),
        lines().stream().map(ReleaseLogTest::canonical).toList());
  }

  /** Without the escapes that JSON leaves to the writer's choice. */
  private static String canonical(String line) {
    return line.replace("\\uD83D\\uDE80", "\ud83d\ude80");
  }

  @Test
  void aMessageIsOnDiskAsItComes() throws Exception {
    try (ReleaseLog log = open()) {
      log.line(Output.Stream.STDOUT, "first");
      assertEquals(1, lines().size());
      log.line(Output.Stream.STDOUT, "second");
      assertEquals(2, lines().size());
    }
  }

  @Test
  void secretsAreMaskedInWhateverIsSaid() throws Exception {
    try (ReleaseLog log = open()) {
      log.line(Output.Stream.STDOUT, "token=hunter-two");
      log.notice("run login hunter-two");
      log.fault("login hunter-two failed");
      assertEquals(List.of("token=***"), log.tail());
      assertEquals("a *** b", log.masked("a hunter-two b"));
    }
    assertFalse(Files.readString(file).contains("hunter-two"));
  }

  @Test
  void aSecretInALineThatComesInPiecesIsMaskedWhereverItIsCut() throws Exception {
    String text = "x".repeat(50) + "hunter-two" + "y".repeat(50);
    try (ReleaseLog log = open()) {
      for (int cut = 45; cut < 65; cut++) {
        log.piece(Output.Stream.STDOUT, text.substring(0, cut));
        log.line(Output.Stream.STDERR, "two at last");
        log.line(Output.Stream.STDOUT, text.substring(cut));
        String shown =
            String.join("", log.tail().subList(log.tail().size() - 3, log.tail().size()));
        assertEquals("x".repeat(50) + "***" + "y".repeat(50), shown.replace("two at last", ""));
      }
      log.hide(Map.of("NPM_TOKEN", "a token of a step"));
      log.line(Output.Stream.STDOUT, "a token of a step");
      assertEquals("***", log.tail().getLast());
    }
    assertFalse(Files.readString(file).contains("hunter"));
  }

  /** Output of hundreds of MiB must not be slow because there are secrets. */
  @Test
  void maskingKeepsUpWithWhatProgramsPrint() {
    List<Secret> many =
        IntStream.range(0, 20).mapToObj(i -> new Secret("secret " + i + "x".repeat(40))).toList();
    Masker masker = new Masker(many);
    String line =
        "[INFO] compiling src/main/java/dev/example/Site.java with 17 warnings ".repeat(8);
    int lines = 16 << 10;
    // Of this thread alone: others may have the machine.
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long begin = clock.getCurrentThreadCpuTime();
    for (int i = 0; i < lines; i++) {
      assertEquals(line, masker.mask(line));
    }
    long perSecond =
        (long) lines * line.length() * 1_000_000_000L / (clock.getCurrentThreadCpuTime() - begin);
    assertTrue(perSecond > 10 << 20, () -> "only " + (perSecond >> 20) + " MiB/s");
  }

  @Test
  void theLastTwentyLinesOfOutputAreKept() {
    try (ReleaseLog log = open()) {
      IntStream.range(0, 50).forEach(i -> log.line(Output.Stream.STDOUT, "line " + i));
      log.notice("no output");
      assertEquals(IntStream.range(30, 50).mapToObj(i -> "line " + i).toList(), log.tail());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0nul", "half \ud83d", "\ude80 half", "\u2028", "\u001b[31m", "a\nb\r"})
  void whateverIsPrintedStaysOneReadableLine(String text) throws Exception {
    try (ReleaseLog log = open()) {
      log.line(Output.Stream.STDOUT, text);
    }
    assertEquals(1, lines().size());
    assertInstanceOf(Message.Line.class, MessageCodec.read(lines().getFirst()));
  }

  @Test
  void outputBeyondTheLimitIsLeftOutAndTheLogSaysSo() throws Exception {
    String line = "x".repeat(1 << 20);
    try (ReleaseLog log = open()) {
      for (int i = 0; i < 40; i++) {
        log.line(Output.Stream.STDOUT, line);
      }
      log.line(Output.Stream.STDOUT, "the last one");
      log.fault("step 1 failed");
      log.completed("failed");
      assertEquals("the last one", log.tail().getLast());
    }
    assertTrue(Files.size(file) < ReleaseLog.LIMIT + (2 << 20));
    List<String> lines = lines();
    assertEquals(
        1, lines.stream().filter(each -> each.contains("more output than 32 MiB")).count());
    assertEquals(COMPLETED, lines.getLast());
  }

  @Test
  void nobodyButTheOwnerAndItsGroupReadsIt() throws Exception {
    try (ReleaseLog log = open()) {
      log.notice("private");
    }
    assertEquals("rw-r-----", mode(file));
    assertEquals("rwxr-x---", mode(file.resolveSibling("")));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aReleaseIsNotMixedWithOneOfARecordStoreThatIsGone() throws Exception {
    write("{\"old\":true}\n");
    try (ReleaseLog log = open()) {
      log.completed("failed");
    }
    assertEquals(List.of(COMPLETED), lines());
  }

  @Test
  void aPlaceThatCannotBeWrittenCostsTheLogAndNothingElse() throws Exception {
    Files.writeString(directory.resolve("logs"), "a file where a folder belongs");
    try (ReleaseLog log = open()) {
      log.line(Output.Stream.STDOUT, "printed");
      log.completed("succeeded");
      assertEquals(List.of("printed"), log.tail());
    }
    ReleaseLog.complete(file, "failed", clock);
  }

  @Test
  void aLogThatWasCutOffGetsItsLastMessage() throws Exception {
    try (ReleaseLog log = open()) {
      log.notice("begun");
    }
    ReleaseLog.complete(file, "failed", clock);
    assertEquals(2, lines().size());
    assertEquals(COMPLETED, lines().getLast());
  }

  @Test
  void aLogThatHasItsLastMessageStaysAsItIs() throws Exception {
    try (ReleaseLog log = open()) {
      log.completed("failed");
    }
    ReleaseLog.complete(file, "interrupted", clock);
    ReleaseLog.complete(file, "interrupted", clock);
    assertEquals(List.of(COMPLETED), lines());
  }

  @Test
  void aMissingLogBecomesOneOfItsLastMessageAlone() throws Exception {
    ReleaseLog.complete(file, "failed", clock);
    assertEquals(List.of(COMPLETED), lines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"at\":\"2025-11-21T06:2",
        "\0\0\0\0",
        "{\"at\":\"not a"
            + " time\",\"type\":\"status\",\"body\":{\"type\":\"completed\",\"data\":\"x\"}}",
        "{}",
        "x"
      })
  void aTornLineSpoilsNoOther(String torn) throws Exception {
    write("{\"first\":1}\n" + torn);
    ReleaseLog.complete(file, "failed", clock);
    assertEquals(List.of("{\"first\":1}", torn, COMPLETED), lines());
  }

  @Test
  void aLastMessageWithoutItsLineEndGetsThatAlone() throws Exception {
    write("{\"first\":1}\n" + COMPLETED);
    ReleaseLog.complete(file, "failed", clock);
    assertEquals("{\"first\":1}\n" + COMPLETED + "\n", Files.readString(file));
  }

  @Test
  void anEndlessLastLineIsNoLastMessage() throws Exception {
    write("x".repeat(200_000));
    ReleaseLog.complete(file, "failed", clock);
    assertEquals(COMPLETED, lines().getLast());
    write("\n");
    ReleaseLog.complete(file, "failed", clock);
    assertEquals(List.of("", COMPLETED), lines());
  }
}
