package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.event.Source;
import dev.slipway.ledger.Database;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.ledger.SqlLedger;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands print of a state directory and an embedded record store. */
class DeskCommandsTest {
  private static final Slug WEBSITE = new Slug("website");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path root;
  private Path state;
  private Path config;

  @BeforeEach
  void aDeployment() throws IOException {
    state = root.resolve("state");
    config = root.resolve("slipway.toml");
    Files.createDirectories(state.resolve("queues/website"));
    Files.writeString(
        config,
        """
        state_dir = "%s"

        [deployments.website]
        repository = "example/website"
        branch = "main"
        path = "%s"
        steps = ["true"]
        """
            .formatted(state, root.resolve("site")));
  }

  private Screen run(int code, String line) {
    Screen screen = Screen.plain();
    assertEquals(
        code,
        screen.run((line + " --config " + config).split(" ")),
        () -> screen.out() + screen.err());
    return screen;
  }

  private void release(int commit, Optional<ReleaseState> end, String reason) throws Exception {
    try (SqlLedger ledger =
        SqlLedger.open(new Database.Embedded(state.resolve("slipway.db"), true))) {
      Optional<CommitId> id = Optional.of(new CommitId(Integer.toHexString(commit).repeat(40)));
      ReleaseNumber number =
          ledger.open(
              new Release.Opening(
                  WEBSITE,
                  id,
                  GitRef.ofBranch("main"),
                  new EventId("e-" + commit),
                  Source.WEBHOOK,
                  "host",
                  NOW));
      if (end.isPresent()) {
        ledger.end(new Release.Ending(WEBSITE, number, id, end.get(), NOW, reason));
      }
    }
  }

  private void log(int release, String last) throws IOException {
    Files.createDirectories(state.resolve("logs/website"));
    Files.writeString(
        state.resolve("logs/website/" + release + ".ndjson"),
        """
        {"at":"2026-11-21T10:00:00Z","type":"status","body":{"type":"%s","data":"failed"}}
        """
            .formatted(last));
  }

  private void corrupt(String name) throws IOException {
    Path folder = Files.createDirectories(state.resolve("queues/dispatcher/corrupt"));
    Files.writeString(folder.resolve(name), "{}");
    Files.writeString(folder.resolve(name + ".reason"), "It is no event.\n");
  }

  @Test
  void statusSaysWhyTheLastReleaseFailed() throws Exception {
    release(1, Optional.of(ReleaseState.FAILED), "make build: exit code 2\nmore");
    assertTrue(run(0, "status").out().contains("make build: exit code 2\n"));

    release(2, Optional.of(ReleaseState.SUCCEEDED), "");
    assertFalse(run(0, "status").out().contains("make build"));
  }

  @Test
  void oneIsSaidInTheSingular() throws Exception {
    corrupt("a.json");
    String said = run(0, "status").err();
    assertTrue(said.contains("1 entry lies in queues/dispatcher/corrupt"), said);
  }

  @Test
  void rollbackSaysWhatItBringsBack() throws Exception {
    release(1, Optional.of(ReleaseState.SUCCEEDED), "");
    release(2, Optional.of(ReleaseState.SUCCEEDED), "");
    String said = run(0, "rollback website").out();
    assertTrue(said.endsWith(" for website: rollback to release 1, commit 1111111\n"), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          logs website one              | RELEASE: found "one"; expected a whole number
          logs website 0                | RELEASE: found 0; expected a whole number from 1
          rollback website 99999999999  | RELEASE: found "99999999999"; expected a whole number
          rollback website -- -1        | RELEASE: found -1; expected a whole number from 1
          releases website --limit many | --limit: found "many"; expected a whole number
          releases website --limit 0    | --limit: found 0; expected a whole number from 1
          queue list --limit -1         | --limit: found -1; expected a whole number from 1
          queue retry dispatcher --all  | what was put aside as no event is retried one by one
          serve --role queen            | --role: found "queen"; expected all, intake or work
          """)
  void whatIsWrongIsSaidInPlainWords(String line, String said) {
    Screen screen = Screen.plain();
    int dashes = line.indexOf(" -- ");
    String words =
        dashes < 0
            ? line + " --config " + config
            : line.substring(0, dashes) + " --config " + config + line.substring(dashes);
    assertEquals(64, screen.run(words.split(" ")), screen::err);
    assertTrue(screen.err().startsWith("slipway: " + said), screen.err());
  }

  @Test
  void followingALogEndsWith0WhenTheReleaseIsOverWhateverItsOutcome() throws Exception {
    release(1, Optional.of(ReleaseState.FAILED), "broken");
    log(1, "completed");
    assertEquals("== failed\n", run(0, "logs website -f").out());
  }

  @Test
  void andWith69WhenNoDaemonGoesOnWithIt() throws Exception {
    release(1, Optional.empty(), "");
    log(1, "info");
    Screen screen = run(69, "logs website -f");
    assertEquals("-- failed\n", screen.out());
    assertTrue(screen.err().contains("the daemon ended"), screen.err());
  }

  @Test
  void whatIsNotRoutedIsListedRetriedAndDropped() throws Exception {
    corrupt("a.json");
    corrupt("b.json");
    String listed = run(0, "queue list dispatcher").out();
    assertTrue(listed.contains("a.json") && listed.contains("It is no event."), listed);
    assertFalse(listed.contains("website"), listed);

    assertEquals("waiting again in dispatcher: a.json\n", run(0, "queue retry dispatcher a").out());
    assertTrue(Files.exists(state.resolve("queues/dispatcher/a.json")));
    assertEquals(
        "dropped b.json of dispatcher, which was corrupt\n",
        run(0, "queue drop dispatcher b.json").out());
    run(1, "queue drop dispatcher b.json");
    run(1, "queue retry dispatcher b.json");
    try (var left = Files.list(state.resolve("queues/dispatcher/corrupt"))) {
      assertEquals(0, left.count());
    }
  }
}
