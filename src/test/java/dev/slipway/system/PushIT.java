package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A push becomes a release: the main job, from the webhook to the record of it. */
@ExtendWith(Hosts.class)
final class PushIT {
  private static final String ENV_SECRET = "a secret from the environment of the daemon";

  @Test
  void aSignedPushGoesLiveAndIsOnRecord(Host host) throws Exception {
    SampleRepository repository = host.repository("Example/Site");
    host.deployment(
        "site",
        repository,
        "env = { GREETING = \"hello\" }",
        "steps = [",
        "  \"env > '%s'\",".formatted(host.marks("env")),
        "  \"echo out; echo err >&2\",",
        "  [\"cp\", \"page\", \"live\"],",
        "]");
    Daemon daemon =
        host.serve(
                Map.of(
                    "SLIPWAY_GITHUB__TOKEN",
                    "ghp_" + "x".repeat(36),
                    "SLIPWAY_ADMIN__TOKEN",
                    ENV_SECRET,
                    "TZ",
                    "Europe/Berlin",
                    "LC_MESSAGES",
                    "C.UTF-8",
                    "GIT_DIR",
                    "/nonexistent",
                    "SOME_SECRET",
                    ENV_SECRET))
            .ready();
    String commit = repository.commit();
    Delivery push = Delivery.push(repository, commit);
    Instant before = Instant.now();

    Daemon.Answer answer = daemon.post(push);

    assertEquals(202, answer.status(), answer.body());
    assertEquals(push.id(), answer.json().get("id").asText());
    String entry = answer.json().get("entry").asText();
    assertTrue(entry.matches("[0-9]{19}\\.json"), entry);
    Until.holds(
        "it is deployed", () -> host.records().outcome(push.id(), "site").equals("deployed"));
    host.idle();
    assertEquals(repository.page(commit), Files.readString(host.path("site").resolve("live")));
    assertEquals(
        List.of(new Records.Event(push.id(), "site", "deployed", entry)), host.records().events());
    Records.Release release = host.records().releases("site").getFirst();
    assertEquals(1, release.version());
    assertEquals(commit, release.commit());
    assertEquals("refs/heads/main", release.ref());
    assertEquals(push.id(), release.event());
    assertEquals("succeeded", release.state());
    assertEquals(List.of(entry), host.state().kept());
    assertTrue(
        Files.readString(host.state().root().resolve("events").resolve(entry))
            .contains(push.body().strip()));
    assertLogIsComplete(host.state().log("site", 1), before);
    assertEnvironment(environment(host.marks("env")), host, push, commit);
  }

  private static void assertLogIsComplete(List<JsonNode> log, Instant before) {
    List<String> lines = new ArrayList<>();
    Instant last = before;
    for (JsonNode message : log) {
      Instant at = Instant.parse(message.get("at").asText());
      assertFalse(at.isBefore(last), () -> "not in order: " + log);
      last = at;
      JsonNode body = message.get("body");
      if (message.get("type").asText().equals("output")) {
        assertEquals("line", body.get("type").asText());
        lines.add(body.get("stream").asText() + " " + body.get("data").asText());
      } else {
        assertEquals("status", message.get("type").asText());
      }
    }
    assertTrue(lines.containsAll(List.of("stdout out", "stderr err")), lines.toString());
    JsonNode end = log.getLast().get("body");
    assertEquals("completed", end.get("type").asText());
    assertEquals("succeeded", end.get("data").asText());
  }

  private static Map<String, String> environment(Path file) throws Exception {
    Map<String, String> environment = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    return environment;
  }

  private static void assertEnvironment(
      Map<String, String> environment, Host host, Delivery push, String commit) {
    Map<String, String> expected = new HashMap<>();
    expected.put("SLIPWAY_DEPLOYMENT", "site");
    expected.put("SLIPWAY_REPOSITORY", "Example/Site");
    expected.put("SLIPWAY_REF", "refs/heads/main");
    expected.put("SLIPWAY_BRANCH", "main");
    expected.put("SLIPWAY_COMMIT", commit);
    expected.put("SLIPWAY_PREVIOUS_COMMIT", "");
    expected.put("SLIPWAY_RELEASE", "1");
    expected.put("SLIPWAY_EVENT_ID", push.id());
    expected.put("SLIPWAY_PATH", host.path("site").toString());
    expected.put("GREETING", "hello");
    expected.put("TZ", "Europe/Berlin");
    expected.put("LC_MESSAGES", "C.UTF-8");
    expected.put("HOME", host.directory().resolve("home").toString());
    Map<String, String> found = new HashMap<>(environment);
    found.keySet().retainAll(expected.keySet());
    assertEquals(expected, found);
    assertTrue(environment.get("SLIPWAY_EVENT_FILE").endsWith(".json"));
    String all = environment.toString();
    assertFalse(all.contains(ENV_SECRET) || all.contains(Host.SECRET) || all.contains("ghp_"), all);
    assertFalse(environment.containsKey("GIT_DIR"), all);
  }

  @Test
  void aDeliveryThatComesTwiceIsDeployedOnce(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment(
        "site", repository, "steps = [\"echo x >> '%s'\"]".formatted(host.marks("runs")));
    Daemon daemon = host.serve().ready();
    Delivery first = Delivery.push(repository, repository.commit());
    Delivery second = Delivery.push(repository, repository.commit());

    daemon.deliver(first);
    daemon.deliver(first);
    Until.holds("it is deployed", () -> !host.records().events(first.id()).isEmpty());
    daemon.deliver(first);
    daemon.deliver(second);
    Until.holds("the next is deployed", () -> !host.records().events(second.id()).isEmpty());

    host.idle();
    assertEquals(2, host.records().events().size());
    assertEquals(2, host.records().releases("site").size());
    assertEquals(2, host.marked("runs").size());
  }

  @Test
  void onePushIsDeployedWhereverItsBranchIsFollowed(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    String mark = "steps = [\"echo $SLIPWAY_DEPLOYMENT >> '%s'\"]".formatted(host.marks("runs"));
    host.deployment("one", repository, mark);
    host.deployment("two", repository, mark, "checkout = \"releases\"");
    host.deployment("off", repository, mark, "enabled = false");
    Daemon daemon = host.serve().ready();
    String commit = repository.commit();
    Delivery push = Delivery.push(repository, commit);
    Delivery aside =
        Delivery.push(repository, "refs/heads/other", repository.commits(1, "other").getFirst());

    daemon.deliver(push);
    daemon.deliver(aside);

    Until.holds("all are recorded", () -> host.records().events().size() == 4);
    host.idle();
    assertEquals("deployed", host.records().outcome(push.id(), "one"));
    assertEquals("deployed", host.records().outcome(push.id(), "two"));
    assertEquals("ignored", host.records().outcome(push.id(), "off"));
    assertEquals("void", host.records().outcome(aside.id(), "@dispatcher"));
    assertEquals(List.of("one", "two"), host.marked("runs").stream().sorted().toList());
    assertEquals(
        repository.page(commit), Files.readString(host.path("two").resolve("current/page")));
  }
}
