package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of several pushes to one branch: which go live, and what becomes of the others. */
@ExtendWith(Hosts.class)
final class SuccessionIT {
  private static final String COALESCE = "coalesce = true";

  private static String mark(Host host) {
    return "steps = [\"echo $SLIPWAY_COMMIT >> '%s'\"]".formatted(host.marks("ran"));
  }

  private static List<String> ran(Host host) throws Exception {
    return Files.exists(host.marks("ran")) ? Files.readAllLines(host.marks("ran")) : List.of();
  }

  private static void awaitOutcome(Host host, Delivery push, String outcome) {
    Until.holds(
        push.id() + " is " + outcome,
        () -> host.records().outcome(push.id(), "site").equals(outcome));
  }

  private static Path paused(Host host) {
    return host.state().queue("site").resolve("paused");
  }

  @Test
  void ofPushesThatWaitedOnlyTheNewestGoesLive(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, COALESCE, mark(host));
    Daemon daemon = host.serve().ready();
    Files.createFile(paused(host));
    List<Delivery> pushes = new ArrayList<>();
    List<String> commits = repository.commits(5);
    for (String commit : commits) {
      pushes.add(Delivery.push(repository, commit));
      daemon.deliver(pushes.getLast());
    }
    Until.holds("all wait", () -> host.state().waiting("site").size() == 5);
    Files.delete(paused(host));
    awaitOutcome(host, pushes.getLast(), "deployed");
    for (Delivery elder : pushes.subList(0, 4)) {
      awaitOutcome(host, elder, "superseded");
    }
    host.idle();
    assertEquals(List.of(commits.getLast()), ran(host));
    assertEquals(1, host.records().releases("site").size());
  }

  @Test
  void aPushThatComesLateDoesNotTakeTheSiteBack(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, mark(host));
    Daemon daemon = host.serve().ready();
    List<String> commits = repository.commits(2);
    Delivery newer = Delivery.push(repository, commits.get(1));
    daemon.deliver(newer);
    awaitOutcome(host, newer, "deployed");
    Delivery late = Delivery.push(repository, commits.get(0));
    daemon.deliver(late);
    awaitOutcome(host, late, "superseded");
    assertEquals(List.of(commits.get(1)), ran(host));
  }

  @Test
  void aPushThatAForcePushMadeUnreachableDoesNotGoLive(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, mark(host));
    Daemon daemon = host.serve().ready();
    String first = repository.commit();
    Delivery start = Delivery.push(repository, first);
    daemon.deliver(start);
    awaitOutcome(host, start, "deployed");
    String dropped = repository.commit();
    repository.git("update-ref", "refs/heads/main", first);
    String kept = repository.commit();
    Delivery unreachable = Delivery.push(repository, dropped);
    Delivery rewritten = Delivery.push(repository, kept);
    daemon.deliver(unreachable);
    daemon.deliver(rewritten);
    awaitOutcome(host, unreachable, "superseded");
    awaitOutcome(host, rewritten, "deployed");
    assertEquals(List.of(first, kept), ran(host));
  }

  @Test
  void aRunIsEndedByANewerPushWhereThatIsWanted(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment(
        "site",
        repository,
        COALESCE,
        "cancel_running = true",
        "steps = [\"echo $SLIPWAY_COMMIT >> '%s'; test -e '%s' || sleep 600\"]"
            .formatted(host.marks("ran"), host.marks("quick")));
    Daemon daemon = host.serve().ready();
    List<String> commits = repository.commits(2);
    Delivery elder = Delivery.push(repository, commits.get(0));
    daemon.deliver(elder);
    Until.holds("it runs", () -> ran(host).size() == 1);
    Files.createFile(host.marks("quick"));
    Delivery newer = Delivery.push(repository, commits.get(1));
    daemon.deliver(newer);
    awaitOutcome(host, newer, "deployed");
    awaitOutcome(host, elder, "superseded");
    assertEquals(commits, ran(host));
    List<Records.Release> releases = host.records().releases("site");
    assertEquals(
        List.of("cancelled", "succeeded"),
        releases.stream().map(Records.Release::state).sorted().toList());
    assertTrue(
        releases.stream()
            .flatMap(release -> release.reason().stream())
            .anyMatch(reason -> reason.contains("took its place")),
        releases::toString);
  }
}
