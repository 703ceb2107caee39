package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pushes that no webhook told of. */
@ExtendWith(Hosts.class)
final class MissedPushIT {
  private static Daemon serve(Host host) throws Exception {
    return host.configure("reconcile = \"1s\"").serve().ready();
  }

  private static List<String> deployed(Host host, String slug) throws Exception {
    return host.records().releases(slug).stream()
        .map(release -> release.commit() + " " + release.trigger() + " " + release.state())
        .toList();
  }

  private static void deployTip(Host host, Daemon daemon, SampleRepository repository)
      throws Exception {
    daemon.deliver(Delivery.push(repository, repository.commit()));
    Until.holds("it is deployed", () -> host.records().releases("site").size() == 1);
    host.idle();
  }

  @Test
  void whatWasPushedWhileTheDaemonWasDownIsFoundAndDeployedOnce(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, "steps = [\"" + Marks.step(host, "site", "true") + "\"]");
    Daemon first = serve(host);
    deployTip(host, first, repository);
    assertEquals(0, first.stop());
    Delivery missed = Delivery.push(repository, repository.commits(2).getLast());

    Daemon second = serve(host);
    Until.holds("it is found", () -> host.records().releases("site").size() == 2);
    host.idle();

    String commit = missed.body().replaceAll("(?s).*\"after\":\"([0-9a-f]+)\".*", "$1");
    assertEquals(commit + " reconcile succeeded", deployed(host, "site").getLast());
    String event = host.records().releases("site").getLast().event();
    assertEquals("reconcile-site-" + commit.substring(0, 12), event);
    assertEquals("deployed", host.records().outcome(event, "site"));
    assertTrue(second.log().contains("missed push queued deployment=site"), second.log());
    assertEquals(0, second.stop());

    Daemon third = serve(host);
    looks(host, repository, third);
    assertEquals(0, third.stop());
    assertEquals(2, host.records().releases("site").size());
  }

  @Test
  void whatAnOperatorOrAFailureDecidedIsNotBroughtBack(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    String ok = host.marks("ok").toString();
    host.deployment(
        "site",
        repository,
        "steps = [\"echo $SLIPWAY_COMMIT >> '%s'; test -e '%s'\"]"
            .formatted(host.marks("site"), ok));
    Files.createFile(host.marks("ok"));
    Daemon first = serve(host);
    deployTip(host, first, repository);

    Files.delete(host.marks("ok"));
    Delivery failing = Delivery.push(repository, repository.commit());
    String failed = first.deliver(failing);
    Until.holds("it fails", () -> host.state().failed("site").equals(List.of(failed)));
    looks(host, repository, first);
    assertEquals(2, host.marked("site").size(), "what failed was not run again");

    Files.createFile(host.marks("ok"));
    assertEquals(0, host.run("pause", "site").code());
    Delivery unwanted = Delivery.push(repository, repository.commit());
    String entry = first.deliver(unwanted);
    Until.holds("it waits", () -> host.state().waiting("site").equals(List.of(entry)));
    Files.delete(host.state().queue("site").resolve(entry));
    Until.holds(
        "it is cancelled", () -> host.records().outcome(unwanted.id(), "site").equals("cancelled"));
    assertEquals(0, host.run("resume", "site").code());
    looks(host, repository, first);
    assertEquals(0, first.stop());

    Daemon second = serve(host);
    looks(host, repository, second);
    assertEquals(2, host.records().releases("site").size());
    assertEquals(2, host.marked("site").size());
    assertEquals(0, second.stop());
  }

  /**
   * Waits until every deployment was looked at twice more: so long does another one, which has
   * something to be found, take.
   */
  private static void looks(Host host, SampleRepository repository, Daemon daemon)
      throws Exception {
    String branch = "probe-" + Long.toString(System.nanoTime(), 36);
    String slug = branch;
    String old = repository.commits(1, branch).getFirst();
    host.deployment(slug, repository, "branch = \"" + branch + "\"", "steps = [\"true\"]");
    daemon.signal("HUP");
    Until.holds("the probe is taken up", () -> host.run("status").out().contains(slug));
    daemon.deliver(Delivery.push(repository, "refs/heads/" + branch, old));
    Until.holds("the probe is deployed", () -> host.records().releases(slug).size() == 1);
    repository.commits(1, branch);
    Until.holds("the probe's push is found", () -> host.records().releases(slug).size() == 2);
    host.idle();
  }
}
