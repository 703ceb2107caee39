package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What operators do to a running daemon, by hand on the files and by command. One daemon for all;
 * each test has a deployment, a repository and a branch of its own.
 */
@ExtendWith(Hosts.class)
final class OperatorsIT {
  /** Within which whatever is done by hand is honoured. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static Daemon daemon;
  private static SampleRepository repository;

  /** A step that fails until the file {@code SLUG-ok} is there, and marks its runs. */
  private static void failing(Host host, String slug) throws IOException {
    configure(
        host,
        slug,
        "echo ran $SLIPWAY_COMMIT >> '%s'; test -e '%s'"
            .formatted(host.marks(slug), host.marks(slug + "-ok")));
  }

  private static void marking(Host host, String slug) throws IOException {
    configure(host, slug, "echo ran $SLIPWAY_COMMIT | tee -a '%s'".formatted(host.marks(slug)));
  }

  private static void waiting(Host host, String slug) throws IOException {
    configure(
        host,
        slug,
        Marks.step(
            host,
            slug,
            "while [ ! -e '%s' ]; do sleep 0.05; done".formatted(host.marks(slug + "-ok"))));
  }

  private static void configure(Host host, String slug, String step) throws IOException {
    host.deployment(
        slug, repository, "branch = \"" + slug + "\"", "steps = [\"\"\"" + step + "\"\"\"]");
  }

  @BeforeAll
  static void serve(Host host) throws Exception {
    repository = host.repository("example/site");
    repository.commit();
    host.configure("max_running = 8");
    for (String slug : List.of("by-hand", "held", "written", "ordered", "listed")) {
      marking(host, slug);
    }
    for (String slug : List.of("moved", "retried")) {
      failing(host, slug);
    }
    waiting(host, "cancelled");
    daemon = host.serve().ready();
  }

  private static List<Delivery> pushes(String slug, int count) throws Exception {
    List<Delivery> pushes = new ArrayList<>();
    for (String commit : repository.commits(count, slug)) {
      pushes.add(Delivery.push(repository, "refs/heads/" + slug, commit));
    }
    return pushes;
  }

  private static String outcome(Host host, Delivery delivery, String slug) throws Exception {
    return host.records().outcome(delivery.id(), slug);
  }

  @Test
  void aQueueIsHeldBackByTouchAndAWaitingEntryIsCancelledByRm(Host host) throws Exception {
    Path paused = host.state().queue("by-hand").resolve("paused");
    Files.createFile(paused);
    List<Delivery> pushes = pushes("by-hand", 2);
    String first = daemon.deliver(pushes.get(0));
    String second = daemon.deliver(pushes.get(1));
    Until.holds("both wait", () -> host.state().waiting("by-hand").equals(List.of(first, second)));

    Files.delete(host.state().queue("by-hand").resolve(first));

    Until.within(
        SOON, "it is recorded", () -> outcome(host, pushes.get(0), "by-hand").equals("cancelled"));
    assertEquals(List.of(second), host.state().waiting("by-hand"));
    assertEquals(List.of(), host.marked("by-hand"));
    Files.delete(paused);
    Until.within(SOON, "the other one starts", () -> host.marked("by-hand").size() == 1);
    Until.holds("it is deployed", () -> outcome(host, pushes.get(1), "by-hand").equals("deployed"));
    assertEquals(1, host.records().releases("by-hand").size());
  }

  @Test
  void aFailedEntryRunsAgainWhenItIsMovedUp(Host host) throws Exception {
    Delivery push = pushes("moved", 1).getFirst();
    String entry = daemon.deliver(push);
    Until.holds("it failed", () -> host.state().failed("moved").equals(List.of(entry)));
    String reason = host.state().reason("moved", entry);
    assertTrue(reason.contains("step 1 of 1") && reason.contains("slipway queue retry"), reason);
    assertTrue(reason.contains("ran "), "what it printed last: " + reason);
    Path failed = host.state().queue("moved").resolve("failed").resolve(entry);
    String content = Files.readString(failed);
    assertTrue(content.contains("\"payload\":" + push.body().strip()));
    assertEquals("", outcome(host, push, "moved"));
    assertEquals("failed", host.records().releases("moved").getFirst().state());

    Files.createFile(host.marks("moved-ok"));
    Files.move(failed, host.state().queue("moved").resolve(entry));

    Until.within(SOON, "it runs again", () -> host.marked("moved").size() == 2);
    Until.holds("it is deployed", () -> outcome(host, push, "moved").equals("deployed"));
    Until.holds("its queue is empty", () -> host.state().active("moved").isEmpty());
    assertEquals(List.of(), host.state().failed("moved"));
    assertFalse(Files.exists(failed.resolveSibling(entry + ".reason")), "the reason is history");
    assertEquals(
        List.of("failed", "succeeded"),
        host.records().releases("moved").stream().map(Records.Release::state).toList());
  }

  @Test
  void entriesWrittenByHandAreWorkedOffAndDoNotMoveTheClockOfNames(Host host) throws Exception {
    List<Delivery> pushes = pushes("written", 3);

    host.state().drop("written", "9000000000000000000.json", pushes.get(0).entry());
    Until.within(SOON, "the first starts", () -> host.marked("written").size() == 1);
    host.state().drop("dispatcher", "please.json", pushes.get(1).entry());
    Until.within(SOON, "the second starts", () -> host.marked("written").size() == 2);

    String entry = daemon.deliver(pushes.get(2));
    Until.holds(
        "all are deployed", () -> outcome(host, pushes.get(2), "written").equals("deployed"));
    assertTrue(entry.compareTo("2000000000000000000") < 0, entry);
    assertEquals("deployed", outcome(host, pushes.get(0), "written"));
    assertEquals("deployed", outcome(host, pushes.get(1), "written"));
    Until.holds(
        "its queue is empty",
        () -> host.state().isIdle() || host.state().waiting("written").isEmpty());
  }

  @Test
  void pauseAndResumeHoldAQueueBackAndSayWhy(Host host) throws Exception {
    assertEquals(0, host.run("pause", "held", "--reason", "the database moves").code());
    Delivery push = pushes("held", 1).getFirst();
    String entry = daemon.deliver(push);
    Until.holds("it waits", () -> host.state().waiting("held").equals(List.of(entry)));
    JsonNode held = find(host.json("status"), "deployment", "held");
    assertEquals("paused", held.get("state").asText());
    assertEquals("the database moves", held.get("paused").asText());
    assertEquals(1, held.get("queue_depth").asInt());

    assertEquals(0, host.run("resume", "held").code());
    Until.within(SOON, "it starts", () -> host.marked("held").size() == 1);
    assertEquals(1, host.run("resume", "held").code(), "it is not paused");
  }

  private static JsonNode find(JsonNode list, String field, String value) {
    for (JsonNode each : list) {
      if (each.get(field).asText().equals(value)) {
        return each;
      }
    }
    throw new AssertionError("no " + field + " " + value + " in " + list);
  }

  @Test
  void cancelEndsWhatRunsForGood(Host host) throws Exception {
    Delivery push = pushes("cancelled", 1).getFirst();
    daemon.deliver(push);
    Until.holds("it runs", () -> host.marked("cancelled").size() == 1);

    Program.Finished cancel = host.run("cancel", "cancelled", "--reason", "wrong day");

    assertEquals(0, cancel.code(), cancel.err());
    Until.within(
        SOON, "it is recorded", () -> outcome(host, push, "cancelled").equals("cancelled"));
    Records.Release release = host.records().releases("cancelled").getFirst();
    assertEquals("cancelled", release.state());
    assertTrue(release.reason().orElse("").contains("wrong day"), release.toString());
    Until.holds("its queue is empty", () -> host.state().active("cancelled").isEmpty());
    assertEquals(List.of("cancelled"), host.state().log("cancelled", 1, "completed"));
    assertEquals(List.of(), host.state().failed("cancelled"));
    assertEquals(1, host.marked("cancelled").size());
    assertEquals(1, host.run("cancel", "cancelled").code(), "nothing runs any more");
  }

  @Test
  void deployByHandShowsItsLogAndEndsWithItsOutcome(Host host) throws Exception {
    List<String> commits = repository.commits(2, "ordered");

    Program.Finished newest = host.run("deploy", "ordered", "--wait", "--note", "for the fair");
    assertEquals(0, newest.code(), newest.err());
    assertTrue(newest.out().contains("ran " + commits.get(1)), newest.out());
    assertTrue(newest.out().contains("for the fair"), newest.out());
    Program.Finished back = host.run("deploy", "ordered", "--wait", "--ref", commits.get(0));
    assertEquals(0, back.code(), back.err());
    assertEquals(List.of("ran " + commits.get(1), "ran " + commits.get(0)), host.marked("ordered"));

    Program.Finished unknown = host.run("deploy", "ordered", "--wait", "--ref", "nowhere");
    assertEquals(1, unknown.code(), unknown.err());
    assertTrue(unknown.out().contains("nowhere") || unknown.err().contains("nowhere"));
    assertEquals(1, host.run("deploy", "no-such").code());
    assertEquals(64, host.run("deploy").code());
    JsonNode releases = host.json("releases", "ordered");
    assertEquals(List.of("3", "2", "1"), releases.findValuesAsText("version"));
    assertEquals(List.of("cli", "cli", "cli"), releases.findValuesAsText("trigger"));
  }

  @Test
  void failedEntriesAreRetriedAndDroppedByCommand(Host host) throws Exception {
    List<Delivery> pushes = pushes("retried", 3);
    List<String> entries = new ArrayList<>();
    for (Delivery push : pushes) {
      entries.add(daemon.deliver(push));
    }
    Until.holds("all failed", () -> host.state().failed("retried").equals(entries));

    assertEquals(0, host.run("queue", "drop", "retried", entries.get(0)).code());
    assertEquals(entries.subList(1, 3), host.state().failed("retried"));
    Files.createFile(host.marks("retried-ok"));
    assertEquals(0, host.run("queue", "retry", "retried", entries.get(2)).code());
    Until.holds("it is deployed", () -> outcome(host, pushes.get(2), "retried").equals("deployed"));
    assertEquals(0, host.run("queue", "retry", "retried", "--all").code());
    // Its commit lies behind the one that is live by now: a late push never takes a site back.
    Until.holds("it is done", () -> outcome(host, pushes.get(1), "retried").equals("superseded"));
    assertEquals(List.of(), host.state().failed("retried"));
    assertEquals(1, host.run("queue", "retry", "retried", "--all").code(), "nothing failed");
    assertEquals(1, host.run("queue", "drop", "retried", entries.get(0)).code(), "it is gone");
  }

  @Test
  void readingCommandsPrintTheRecordsAsJson(Host host) throws Exception {
    Delivery push = pushes("listed", 1).getFirst();
    daemon.deliver(push);
    Until.holds("it is deployed", () -> outcome(host, push, "listed").equals("deployed"));

    JsonNode release = host.json("releases", "listed").get(0);
    assertEquals(
        Set.of(
            "deployment",
            "version",
            "commit",
            "ref",
            "event_id",
            "trigger",
            "host",
            "state",
            "started_at",
            "finished_at",
            "reason"),
        names(release));
    assertEquals("listed", release.get("deployment").asText());
    assertEquals(1, release.get("version").asInt());
    assertEquals(push.id(), release.get("event_id").asText());
    assertEquals("webhook", release.get("trigger").asText());
    assertFalse(
        Instant.parse(release.get("finished_at").asText())
            .isBefore(Instant.parse(release.get("started_at").asText())));
    JsonNode status = find(host.json("status"), "deployment", "listed");
    assertEquals("succeeded", status.get("last_release").get("state").asText());
    assertEquals(release.get("commit"), status.get("commit"));
    assertEquals(0, status.get("queue_depth").asInt());
    Program.Finished log = host.run("logs", "listed", "--json");
    assertEquals(Files.readString(host.state().root().resolve("logs/listed/1.ndjson")), log.out());
    assertTrue(host.run("logs", "listed", "1", "-f").out().contains("ran "));
    assertFalse(host.json("config", "show").toString().contains(Host.SECRET));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new java.util.TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void commandsAnswerWhileNoDaemonRuns() throws Exception {
    try (Host host = Host.create()) {
      SampleRepository site = host.repository("example/down");
      String commit = site.commit();
      host.deployment("down", site, "steps = [\"" + Marks.step(host, "down", "true") + "\"]");

      assertEquals("down", host.json("status").get(0).get("deployment").asText());
      assertEquals(69, host.run("deploy", "down", "--wait").code());
      assertEquals(0, host.json("queue", "list").size(), "nothing was queued for nobody");
      assertEquals(0, host.json("releases", "down").size());
      assertEquals(0, host.run("deploy", "down").code());
      assertEquals(0, host.run("deploy", "down", "--note", "again").code());
      JsonNode queue = host.json("queue", "list", "down");
      assertEquals(List.of("waiting", "waiting"), queue.findValuesAsText("state"));
      assertEquals(List.of("cli", "cli"), queue.findValuesAsText("source"));
      String first = queue.get(0).get("entry").asText();
      assertEquals(0, host.run("queue", "drop", "down", first).code());
      assertEquals(0, host.run("pause", "down").code());
      assertEquals(1, host.run("cancel", "down").code());
      Daemon late = host.serve().ready();
      assertEquals(1, host.state().waiting("down").size());
      assertEquals(0, host.run("resume", "down").code());
      host.idle();
      assertEquals(Set.of(commit), new Marks(host.marked("down")).commits());
      assertEquals(1, host.records().releases("down").size());
      String dropped = queue.get(0).get("event_id").asText();
      assertEquals("cancelled", host.records().outcome(dropped, "down"));
      assertEquals(0, late.stop());
      assertEquals(1, host.json("releases", "down").size());
      assertTrue(host.run("logs", "down").out().contains("succeeded"));
    }
  }
}
