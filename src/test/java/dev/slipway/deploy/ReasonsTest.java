package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import dev.slipway.process.Exit;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonsTest {
  private static final EntryName NAME = EntryName.at(1_763_706_000_123_456_789L);

  @TempDir Path root;

  private static Reasons reasons(String place) {
    return new Reasons(new Slug("website"), new EntryName(place));
  }

  private Job job(Optional<CommitId> commit) throws Exception {
    Push push =
        new Push(
            new RepositoryName("example/website"),
            GitRef.ofBranch("main"),
            Push.Change.MOVED,
            commit,
            Optional.empty(),
            Optional.empty());
    Event event =
        new Event(new EventId("e-1"), Instant.EPOCH, Source.WEBHOOK, Optional.empty(), push);
    return new Job(new Yard(root).queue().claimed(NAME), event, push);
  }

  private static Failure failed(List<String> lines) {
    Step step = Step.Run.of(new Command.Shell("make build"));
    return new Failure.StepFailed(1, 2, step, new Exit.Code(2), lines);
  }

  private String text(Failure failure) throws Exception {
    return reasons(NAME.value())
        .ofFailure(
            new ReleaseNumber(7),
            job(Optional.of(FakeGit.commit(5))),
            failure.describe(),
            failure.details());
  }

  @Test
  void aFailureSaysWhatHappenedWhereToLookAndHowToTryAgain() throws Exception {
    assertEquals(
        """
        Release 7 of website failed: step 1 of 2 (run make build) ended with exit code 2.
        It was started by event e-1, 0000000000000000000000000000000000000005 of refs/heads/main.
        The last lines:

            cc -o site site.c
            cc: not found

        The whole log: slipway logs website 7
        To try again: slipway queue retry website 1763706000123456789.json \
        (or move the file up into queues/website/)
        """,
        text(failed(List.of("cc -o site site.c", "cc: not found"))));
  }

  @Test
  void aFailureWithoutOutputLeavesThatPartOut() throws Exception {
    String text =
        reasons(NAME.value())
            .ofFailure(
                new ReleaseNumber(7),
                job(Optional.empty()),
                "the checkout failed: gone",
                List.of());
    assertTrue(text.contains("the checkout failed: gone."), text);
    assertTrue(text.contains("the newest commit of refs/heads/main"), text);
    assertFalse(text.contains("The last lines"), text);
  }

  @Test
  void theCommandToTryAgainNamesTheFileThatLiesThere() {
    String text = reasons(NAME + ".1").ofUnreadable("it is not JSON");
    assertEquals(
        """
        This entry cannot be deployed: it is not JSON.
        To try again: slipway queue retry website 1763706000123456789.json.1 \
        (or move the file up into queues/website/)
        """,
        text);
  }

  @Test
  void aNameThatAShellWouldTakeApartIsQuoted() {
    assertTrue(
        reasons("it's $(id) -rf")
            .ofUncleanEnds(3)
            .contains("retry website 'it'\\''s $(id) -rf' ("));
    assertTrue(reasons("-x").ofUncleanEnds(3).contains("retry website '-x' ("));
  }

  @Test
  void uncleanEndsAreCounted() {
    assertTrue(
        reasons("a.json")
            .ofUncleanEnds(3)
            .startsWith("The daemon ended uncleanly 3 times in a row while it ran this entry.\n"));
  }

  @Test
  void aFaultOfSlipwaysShowsItsTrace() {
    String text =
        reasons("a.json")
            .ofFault(new Failure.Fault("Slipway itself", new IllegalStateException("odd")));
    assertTrue(
        text.startsWith(
            "This entry could not be worked off: a fault in Slipway itself:"
                + " java.lang.IllegalStateException: odd.\n\n"
                + "    at dev.slipway.deploy.ReasonsTest"),
        text);
  }

  @Test
  void nothingThatWasPrintedCanPlayTricksOnATerminal() throws Exception {
    String text =
        text(
            failed(List.of("\u001b[2Jgone\r\b", "tab\tstays", "\u202etxt.exe", "\u009b31m\u2028")));
    assertTrue(text.contains("    \ufffd[2Jgone\ufffd\ufffd\n"), text);
    assertTrue(text.contains("    tab\tstays\n"), text);
    assertTrue(text.contains("    \ufffdtxt.exe\n"), text);
    assertTrue(text.contains("    \ufffd31m\ufffd\n"), text);
  }

  @Test
  void itStaysWithinWhatIsReadOfItHoweverLongTheLines() throws Exception {
    String endless = "\u0007\ud83d\ude80".repeat(8_000);
    String text = text(failed(Collections.nCopies(ReleaseLog.TAIL, endless)));
    assertTrue(text.getBytes(StandardCharsets.UTF_8).length < 64 << 10, () -> text.length() + "");
    assertTrue(text.contains("\ud83d\ude80…\n"), text);
    assertTrue(text.endsWith("queues/website/)\n"), text);
  }

  @Test
  void allTwentyLinesAreShown() throws Exception {
    List<String> lines = IntStream.range(0, 20).mapToObj(i -> "line " + i).toList();
    String text = text(failed(lines));
    lines.forEach(line -> assertTrue(text.contains("    " + line + "\n"), line));
  }
}
