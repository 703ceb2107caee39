package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be worked off is put where an operator finds it, with a reason; the rest goes on. */
@ExtendWith(Hosts.class)
final class BadInputIT {
  private static final Duration SOON = Duration.ofSeconds(2);

  /** Valid names of branches, as git sees it; and commands, if anybody let a shell read them. */
  private static final String SUBSTITUTION = "$(id>$HOME/pwned)";

  private static final String OPTION = "--upload-pack=x";

  private static Daemon daemon;
  private static SampleRepository repository;
  private static ServerSocket silent;

  @BeforeAll
  static void serve(Host host) throws Exception {
    repository = host.repository("example/site");
    repository.commit();
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String print = "steps = [\"printf '%s' \\\"$SLIPWAY_BRANCH\\\" > branch\"]";
    host.configure("max_running = 4");
    host.deployment("site", repository, print);
    host.deployment("substitution", repository, "branch = \"" + SUBSTITUTION + "\"", print);
    host.deployment("option", repository, "branch = \"" + OPTION + "\"", print);
    host.merge(
        "away",
        "[deployments.away]",
        "repository = \"example/away\"",
        "branch = \"main\"",
        "url = \"file://" + host.directory() + "/git/no-such.git\"",
        "path = \"" + host.path("away") + "\"",
        "steps = [\"true\"]",
        "[deployments.unnamed]",
        "repository = \"example/unnamed\"",
        "branch = \"main\"",
        "url = \"https://no-such-host.invalid/site.git\"",
        "path = \"" + host.path("unnamed") + "\"",
        "steps = [\"true\"]",
        "[deployments.silent]",
        "repository = \"example/silent\"",
        "branch = \"main\"",
        "url = \"http://127.0.0.1:" + silent.getLocalPort() + "/silent.git\"",
        "path = \"" + host.path("silent") + "\"",
        "timeout = \"2s\"",
        "steps = [\"true\"]");
    Files.createDirectories(host.path("occupied"));
    Files.writeString(host.path("occupied").resolve("treasure"), "not ours");
    host.deployment("occupied", repository, "branch = \"occupied\"", "steps = [\"true\"]");
    daemon = host.serve().ready();
  }

  @Test
  void whatIsNoEventIsPutAsideWithItsReason(Host host) throws Exception {
    String whole = Delivery.push(repository, "a".repeat(40)).entry();

    host.state().drop("dispatcher", "1000000000000000001.json", whole.substring(0, 100));
    host.state().drop("dispatcher", "1000000000000000002.json", "hello\n");
    host.state().drop("dispatcher", "1000000000000000003.json", "");
    host.state().drop("dispatcher", "1000000000000000004.json", "{\"id\":\"../../x\"}");

    Until.within(SOON, "they are put aside", () -> host.state().corrupt().size() == 4);
    for (String entry : host.state().corrupt()) {
      assertTrue(host.state().corruptReason(entry).length() > 20, entry);
    }
    assertEquals(
        "hello\n",
        Files.readString(
            host.state().queue("dispatcher").resolve("corrupt/1000000000000000002.json")));
    host.state().drop("dispatcher", "1000000000000000002.json", "hello again\n");
    Until.within(
        SOON,
        "its name is taken",
        () -> host.state().corrupt().contains("1000000000000000002.json.1"));
    host.state().drop("site", "1000000000000000005.json", whole.substring(0, 100));
    Until.within(
        SOON,
        "it has failed",
        () -> host.state().failed("site").contains("1000000000000000005.json"));
    assertFalse(host.state().reason("site", "1000000000000000005.json").isBlank());
    Files.delete(host.state().queue("site").resolve("failed/1000000000000000005.json"));
  }

  @Test
  void aBranchIsNeverReadAsACommandOrAnOption(Host host) throws Exception {
    for (String branch : List.of(SUBSTITUTION, OPTION)) {
      String slug = branch.equals(OPTION) ? "option" : "substitution";
      String commit = repository.commits(1, branch).getFirst();
      Delivery push = Delivery.push(repository, "refs/heads/" + branch, commit);
      daemon.deliver(push);
      Until.holds(
          "it is deployed", () -> host.records().outcome(push.id(), slug).equals("deployed"));
      assertEquals(branch, Files.readString(host.path(slug).resolve("branch")));
      Delivery unknown = Delivery.push(repository, "refs/heads/" + branch + "2", commit);
      daemon.deliver(unknown);
      Until.holds(
          "it is void", () -> host.records().outcome(unknown.id(), "@dispatcher").equals("void"));
    }
    for (String ref : List.of("refs/heads/" + OPTION + "2", "refs/heads/" + SUBSTITUTION + "2")) {
      Program.Finished deploy = host.run("deploy", "site", "--wait", "--ref=" + ref);
      assertEquals(1, deploy.code(), deploy.err());
    }
    assertEquals(64, host.run("deploy", "site", "--ref=" + OPTION + " ..").code());
    assertFalse(Files.exists(host.directory().resolve("home/pwned")));
  }

  @Test
  void aRepositoryThatDoesNotAnswerFailsWithItsAddressAndDelaysNobody(Host host) throws Exception {
    Delivery nowhere = push("example/away");
    Delivery hanging = push("example/silent");
    String first = daemon.deliver(hanging);
    Until.holds("git waits for it", () -> !host.state().active("silent").isEmpty());
    String second = daemon.deliver(nowhere);
    String third = daemon.deliver(push("example/unnamed"));
    Delivery good = Delivery.push(repository, repository.commit());
    daemon.deliver(good);

    Until.holds(
        "another goes on", () -> host.records().outcome(good.id(), "site").equals("deployed"));
    Until.holds("the absent one failed", () -> host.state().failed("away").equals(List.of(second)));
    String reason = host.state().reason("away", second);
    assertTrue(reason.contains("no-such.git"), reason);
    Until.holds(
        "the silent one failed", () -> host.state().failed("silent").equals(List.of(first)));
    reason = host.state().reason("silent", first);
    assertTrue(reason.contains("2s") || reason.contains("time"), reason);
    assertEquals("failed", host.records().releases("silent").getFirst().state());
    Until.holds(
        "the unnamed one failed", () -> host.state().failed("unnamed").equals(List.of(third)));
    reason = host.state().reason("unnamed", third);
    assertTrue(reason.contains("no-such-host.invalid"), reason);
    assertEquals(200, daemon.get("/readyz").status(), "the others are worked off");
  }

  private static Delivery push(String name) {
    String like = Delivery.push(repository, "b".repeat(40)).body();
    return Delivery.of("push", like.replace("example/site", name));
  }

  @Test
  void aFolderThatIsSomebodyElsesIsLeftAlone(Host host) throws Exception {
    String commit = repository.commits(1, "occupied").getFirst();
    String entry = daemon.deliver(Delivery.push(repository, "refs/heads/occupied", commit));

    Until.holds("it failed", () -> host.state().failed("occupied").equals(List.of(entry)));
    String reason = host.state().reason("occupied", entry);
    assertTrue(reason.contains(host.path("occupied").toString()), reason);
    assertEquals("not ours", Files.readString(host.path("occupied").resolve("treasure")));
  }

  @Test
  void whatKeepsTheDaemonFromStartingIsSaidWithItsMend() throws Exception {
    try (Host host = Host.create()) {
      Files.writeString(host.state().root(), "a file where the state directory should be");
      Program.Finished unusable = host.run("serve");
      assertEquals(69, unusable.code(), unusable.err());
      assertTrue(unusable.err().contains(host.state().root().toString()), unusable.err());
      assertTrue(unusable.err().contains("install -d"), unusable.err());

      host.merge(
          "evil",
          "[deployments.\"../evil\"]",
          "repository = \"example/evil\"",
          "branch = \"main\"",
          "path = \"" + host.path("evil") + "\"",
          "steps = [\"true\"]",
          "[listen]",
          "prt = 1");
      Program.Finished invalid = host.run("serve");
      assertEquals(78, invalid.code(), invalid.err());
      assertTrue(invalid.err().contains("../evil"), invalid.err());
      assertTrue(
          invalid.err().contains("evil.toml:7") && invalid.err().contains("port"), invalid.err());
      assertFalse(Files.exists(host.directory().resolve("evil")));
      host.unmerge("evil");

      Files.delete(host.state().root());
      host.merge("listen", "[listen]", "port = " + silent.getLocalPort());
      Program.Finished taken = host.run("serve");
      assertEquals(69, taken.code(), taken.err());
      assertTrue(taken.err().contains(":" + silent.getLocalPort()), taken.err());
    }
  }
}
