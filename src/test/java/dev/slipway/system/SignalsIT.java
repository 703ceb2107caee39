package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What SIGTERM and SIGHUP do to a daemon while something runs. */
@ExtendWith(Hosts.class)
final class SignalsIT {
  /** A step that ends when the file {@code go} is there. */
  private static String waiting(Host host, String marks) {
    return Marks.step(
        host, marks, "while [ ! -e '%s' ]; do sleep 0.05; done".formatted(host.marks("go")));
  }

  private static void steps(Host host, String slug, SampleRepository repository, String step)
      throws IOException {
    host.deployment(slug, repository, "steps = [\"\"\"" + step + "\"\"\"]");
  }

  private static List<String> states(Host host, String slug) throws Exception {
    return host.records().releases(slug).stream().map(Records.Release::state).toList();
  }

  @Test
  void sigtermLetsWhatRunsFinishAndStartsNothingNew(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    steps(host, "site", repository, waiting(host, "site"));
    Daemon daemon = host.serve().ready();
    Delivery first = Delivery.push(repository, repository.commit());
    Delivery second = Delivery.push(repository, repository.commit());
    daemon.deliver(first);
    String waiting = daemon.deliver(second);
    Until.holds("it runs", () -> !host.marked("site").isEmpty());

    daemon.terminate();
    daemon.said("stopping");
    Delivery late = Delivery.push(repository, repository.commit());
    Until.holds("nothing is accepted any more", () -> isRefused(daemon, late));
    Files.createFile(host.marks("go"));

    assertEquals(0, daemon.awaitEnd());
    assertEquals("deployed", host.records().outcome(first.id(), "site"));
    assertEquals(List.of("succeeded"), states(host, "site"));
    assertEquals(List.of(waiting), host.state().waiting("site"));
    host.serve();
    host.idle();
    assertEquals("deployed", host.records().outcome(second.id(), "site"));
    assertEquals(2, host.records().events().size());
  }

  /** Either its connection, which was kept open, is told so, or a new one is refused. */
  private static boolean isRefused(Daemon daemon, Delivery late) throws Exception {
    try {
      return daemon.get("/readyz").status() == 503 && daemon.post(late).status() == 503;
    } catch (ConnectException refused) {
      return true;
    }
  }

  @Test
  void whatOutlastsTheGraceIsEndedAndRunsAgainAtNoCost(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.configure("shutdown_grace = \"500ms\"");
    String stubborn =
        "trap 'echo term >> \"%s\"' TERM; ".formatted(host.marks("signals"))
            + waiting(host, "site");
    steps(host, "site", repository, stubborn);
    Daemon daemon = host.serve().ready();
    Delivery push = Delivery.push(repository, repository.commit());
    String entry = daemon.deliver(push);
    Until.holds("it runs", () -> !host.marked("site").isEmpty());

    assertEquals(0, daemon.stop());

    assertEquals(List.of("term"), host.marked("signals"));
    assertEquals(1, host.marked("site").size(), "KILL leaves no time for the end mark");
    assertEquals(List.of("interrupted"), states(host, "site"));
    assertEquals(List.of("interrupted"), host.state().log("site", 1, "completed"));
    assertEquals(List.of(entry), host.state().waiting("site"));
    assertEquals(List.of(), host.state().active("site"));
    Files.createFile(host.marks("go"));
    host.serve();
    host.idle();
    assertEquals(List.of("interrupted", "succeeded"), states(host, "site"));
    assertEquals("deployed", host.records().outcome(push.id(), "site"));
    assertEquals(List.of(), new Marks(host.marked("site")).overlaps());
  }

  @Test
  void aSecondSigtermEndsAtOnce(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    steps(host, "site", repository, waiting(host, "site"));
    Daemon daemon = host.serve().ready();
    Delivery push = Delivery.push(repository, repository.commit());
    daemon.deliver(push);
    Until.holds("it runs", () -> !host.marked("site").isEmpty());

    daemon.terminate();
    daemon.said("stopping");
    assertTrue(daemon.isAlive());
    daemon.terminate();

    daemon.awaitEnd(Duration.ofSeconds(5));
    host.serve();
    Until.holds("it runs again", () -> host.marked("site").size() == 2);
    Files.createFile(host.marks("go"));
    host.idle();
    assertEquals(List.of("interrupted", "succeeded"), states(host, "site"));
    assertEquals(List.of(), new Marks(host.marked("site")).overlaps());
  }

  @Test
  void sighupChangesWhatIsConfiguredAndLeavesAloneWhatRuns(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.configure("max_running = 4");
    steps(host, "busy", repository, waiting(host, "busy"));
    steps(host, "changed", repository, "echo old >> '%s'".formatted(host.marks("changed")));
    steps(host, "removed", repository, "echo x >> '%s'".formatted(host.marks("removed")));
    Daemon daemon = host.serve().ready();
    Delivery first = Delivery.push(repository, repository.commit());
    daemon.deliver(first);
    Until.holds("one runs, two are done", () -> host.records().events(first.id()).size() == 2);
    Until.holds("it runs", () -> !host.marked("busy").isEmpty());

    steps(host, "busy", repository, "echo other >> '%s'".formatted(host.marks("busy")));
    steps(host, "changed", repository, "echo new >> '%s'".formatted(host.marks("changed")));
    steps(host, "added", repository, "echo x >> '%s'".formatted(host.marks("added")));
    host.unmerge("removed");
    daemon.signal("HUP");
    daemon.said("configuration read again");
    Delivery second = Delivery.push(repository, repository.commit());
    daemon.deliver(second);

    Until.holds("two are done", () -> host.records().events(second.id()).size() == 2);
    assertEquals(List.of("old", "new"), host.marked("changed"));
    assertEquals(List.of("x"), host.marked("added"));
    assertEquals(List.of("x"), host.marked("removed"));
    assertEquals(1, host.marked("busy").size(), "what ran goes on");
    Files.createFile(host.marks("go"));
    host.idle();
    assertEquals(
        List.of("start", "end", "other"),
        host.marked("busy").stream().map(line -> line.split(" ", 2)[0]).toList());
    assertEquals(List.of("succeeded", "succeeded"), states(host, "busy"));
    assertInvalidConfigChangesNothing(host, daemon, repository);
  }

  private static void assertInvalidConfigChangesNothing(
      Host host, Daemon daemon, SampleRepository repository) throws Exception {
    host.merge("changed", "[deployments.changed]", "repository = 7", "stepz = []");
    daemon.signal("HUP");
    daemon.said("the old one stays");
    assertTrue(daemon.log().contains("deployments.changed.repository"), daemon.log());
    assertTrue(daemon.log().contains("deployments.changed.stepz"), daemon.log());
    Delivery third = Delivery.push(repository, repository.commit());
    daemon.deliver(third);
    Until.holds("all three are done", () -> host.records().events(third.id()).size() == 3);
    assertEquals(List.of("old", "new", "new"), host.marked("changed"));

    host.unmerge("changed");
    host.merge("99", "[listen]", "max_body = \"1MiB\"");
    daemon.signal("HUP");
    daemon.said("needs_restart=listen");
    assertEquals(0, daemon.stop());
    assertThrows(IOException.class, () -> daemon.get("/"));
    assertFalse(daemon.isAlive());
  }
}
