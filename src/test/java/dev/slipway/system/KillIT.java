package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * SIGKILL at any moment loses nothing, doubles nothing, and changes no order. {@code
 * -Dslipway.kills=200} kills so often, {@code -Dslipway.seed=…} repeats the moments of an earlier
 * run.
 */
@ExtendWith(Hosts.class)
final class KillIT {
  private static final int KILLS = Integer.getInteger("slipway.kills", 10);
  private static final long SEED = Long.getLong("slipway.seed", System.nanoTime());
  private static final int BURST = 6;
  private static final int LATEST_KILL_MILLIS = 1_500;
  private static final int LATEST_AFTER_PROGRESS_MILLIS = 300;
  private static final List<String> DEPLOYMENTS = List.of("ant", "bee", "cow");

  /** All pushes to one repository, in order; those from {@code next} on are not accepted yet. */
  private static final class Sender {
    final SampleRepository repository;
    final List<Delivery> deliveries = new ArrayList<>();
    final List<String> commits = new ArrayList<>();
    private final Deque<Delivery> pending = new ArrayDeque<>();

    Sender(SampleRepository repository) {
      this.repository = repository;
    }

    void push(int count) throws Exception {
      for (String commit : repository.commits(count)) {
        Delivery delivery = Delivery.push(repository, commit);
        commits.add(commit);
        deliveries.add(delivery);
        pending.add(delivery);
      }
    }

    /** Posts in order; where the daemon dies, what it did not answer is sent again to the next. */
    void post(Daemon daemon) {
      try {
        while (!pending.isEmpty()) {
          daemon.deliver(pending.peekFirst());
          pending.removeFirst();
        }
      } catch (IOException | InterruptedException killed) {
        // Whether it was accepted is not known, as for GitHub.
      } catch (AssertionError ended) {
        if (daemon.isAlive()) {
          throw ended;
        }
      }
    }
  }

  @Test
  void everyAcceptedPushIsDeployedOnceAndInOrderWhenTheDaemonIsKilled(Host host) throws Exception {
    Random random = new Random(SEED);
    System.out.printf("kill test: seed=%d%n", SEED);
    host.configure("max_running = 4");
    Sender one = new Sender(host.repository("example/one"));
    Sender two = new Sender(host.repository("example/two"));
    deployment(host, "ant", one, "ant", "checkout = \"releases\"");
    deployment(host, "bee", one, "build", "locks = [\"build\"]");
    deployment(host, "cow", two, "build", "locks = [\"build\"]");
    List<Sender> senders = List.of(one, two);

    for (int kill = 0; kill < KILLS; kill++) {
      one.push(BURST);
      two.push(BURST);
      round(host, senders, random, kill % 2 == 1);
    }
    Daemon last = host.serve().ready();
    senders.forEach(sender -> sender.post(last));
    host.idle();

    int interrupted = 0;
    for (String slug : DEPLOYMENTS) {
      interrupted += check(host, slug, slug.equals("cow") ? two : one);
    }
    checkNothingIsLeft(host);
    assertEquals(List.of(), new Marks(host.marked("ant")).overlaps());
    assertEquals(List.of(), new Marks(host.marked("build")).overlaps());
    assertEquals(0, last.stop());
    System.out.printf(
        "kill test: kills=%d accepted=%d deployed=%d interrupted=%d seed=%d%n",
        KILLS,
        one.deliveries.size() + two.deliveries.size(),
        host.records().events().size(),
        interrupted,
        SEED);
  }

  private static void deployment(Host host, String slug, Sender sender, String marks, String line)
      throws IOException {
    host.deployment(
        slug,
        sender.repository,
        line,
        "steps = [\"" + Marks.step(host, marks, "sleep 0.02") + "\"]");
  }

  /**
   * One life of a daemon.
   *
   * @param progress whether each queue must have got on before the end: an entry that runs at three
   *     unclean ends in a row would be given up, rightly
   */
  private static void round(Host host, List<Sender> senders, Random random, boolean progress)
      throws Exception {
    int[] before = DEPLOYMENTS.stream().mapToInt(slug -> deployed(host, slug)).toArray();
    Daemon daemon = host.serve();
    List<Thread> threads =
        senders.stream()
            .map(sender -> Thread.ofVirtual().start(() -> sender.post(daemon)))
            .toList();
    if (progress) {
      Until.holds(
          "each queue gets on",
          () ->
              IntStream.range(0, before.length)
                  .allMatch(i -> deployed(host, DEPLOYMENTS.get(i)) > before[i]));
    }
    // Not to wait for anything: the kill is to come at any moment, also while the daemon starts.
    Thread.sleep(random.nextInt(progress ? LATEST_AFTER_PROGRESS_MILLIS : LATEST_KILL_MILLIS));
    daemon.kill();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static int deployed(Host host, String slug) {
    try {
      return (int)
          host.records().events().stream().filter(row -> row.deployment().equals(slug)).count();
    } catch (SQLException notYet) {
      return 0;
    }
  }

  /** Holds a deployment to what is promised; answers how many of its releases were interrupted. */
  private static int check(Host host, String slug, Sender sender) throws Exception {
    List<String> ids = sender.deliveries.stream().map(Delivery::id).toList();
    List<Records.Release> releases = host.records().releases(slug);
    assertEquals(
        ids,
        releases.stream()
            .filter(release -> release.state().equals("succeeded"))
            .map(Records.Release::event)
            .toList(),
        slug + ": each accepted push succeeded once, in the order of acceptance");
    assertEquals(
        IntStream.rangeClosed(1, releases.size()).boxed().toList(),
        releases.stream().map(Records.Release::version).toList());
    int interrupted = 0;
    for (Records.Release release : releases) {
      assertEquals(
          List.of(release.state()), host.state().log(slug, release.version(), "completed"));
      assertEquals(
          release.state(),
          host.state().log(slug, release.version()).getLast().at("/body/data").asText());
      interrupted += release.state().equals("interrupted") ? 1 : 0;
    }
    assertEquals(releases.size() - ids.size(), interrupted, slug + ": nothing failed");
    List<Records.Event> recorded =
        host.records().events().stream().filter(row -> row.deployment().equals(slug)).toList();
    assertEquals(ids, recorded.stream().map(Records.Event::id).toList());
    assertTrue(recorded.stream().allMatch(row -> row.outcome().equals("deployed")));
    String marks = slug.equals("ant") ? "ant" : "build";
    assertEquals(new HashSet<>(sender.commits), intersection(host, marks, sender.commits));
    return interrupted;
  }

  private static Collection<String> intersection(Host host, String marks, List<String> commits)
      throws IOException {
    Collection<String> ran = new HashSet<>(new Marks(host.marked(marks)).commits());
    ran.retainAll(commits);
    return ran;
  }

  private static void checkNothingIsLeft(Host host) throws IOException {
    assertEquals(List.of(), host.state().corrupt());
    for (String slug : DEPLOYMENTS) {
      assertEquals(List.of(), host.state().failed(slug));
      assertEquals(List.of(), files(host.state().root().resolve("routed").resolve(slug)));
    }
    assertEquals(List.of(), files(host.state().root().resolve("runs")));
    assertEquals(List.of(), files(host.state().root().resolve("tmp")));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> !Files.isDirectory(file)).toList();
    }
  }

  @Test
  void whatAKilledDaemonLeftRunningHasEndedBeforeAnythingRunsThatItCouldMeet(Host host)
      throws Exception {
    SampleRepository repository = host.repository("example/site");
    String wait =
        "(setsid sleep 30 & echo $! >> '%s'); while [ ! -e '%s' ]; do sleep 0.05; done"
            .formatted(host.marks("children"), host.marks("go"));
    host.configure("max_running = 4");
    host.deployment(
        "site",
        repository,
        "locks = [\"build\"]",
        "steps = [\"" + Marks.step(host, "build", wait.replace("\"", "\\\"")) + "\"]");
    host.deployment(
        "other",
        repository,
        "branch = \"other\"",
        "locks = [\"build\"]",
        "steps = [\"" + Marks.step(host, "build", "true") + "\"]");
    Daemon daemon = host.serve().ready();
    Delivery first = Delivery.push(repository, repository.commit());
    daemon.deliver(first);
    Until.holds("its step runs", () -> !host.marked("children").isEmpty());
    Delivery second =
        Delivery.push(repository, "refs/heads/other", repository.commits(1, "other").getFirst());
    daemon.deliver(second);
    Until.holds("the other one waits", () -> host.state().waiting("other").size() == 1);
    String child = host.marked("children").getFirst();

    daemon.kill();
    assertTrue(isAlive(child), "it outlives the daemon");
    host.serve().ready();

    Until.holds("the other one is deployed", () -> deployed(host, "other") == 1);
    assertFalse(isAlive(child), "what was left has ended");
    Files.createFile(host.marks("go"));
    host.idle();
    assertEquals(List.of(), new Marks(host.marked("build")).overlaps());
    assertEquals(
        List.of("interrupted", "succeeded"),
        host.records().releases("site").stream().map(Records.Release::state).toList());
    assertEquals("deployed", host.records().outcome(first.id(), "site"));
    assertEquals(List.of("interrupted"), host.state().log("site", 1, "completed"));
  }

  @Test
  void whatASucceededStepLeftRunningIsLetBeWhateverEndsWhatFollows(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    String manager =
        "setsid sleep 60 </dev/null >/dev/null 2>&1 & echo $! >> " + host.marks("managers");
    String remains =
        "(setsid sh -c 'echo $$ >> %s; exec sleep 60' &); while [ ! -e '%s' ]; do sleep 0.05; done"
            .formatted(host.marks("remains"), host.marks("go"));
    host.deployment("site", repository, "steps = [\"" + manager + "\", \"" + remains + "\"]");
    Daemon daemon = host.serve().ready();
    daemon.deliver(Delivery.push(repository, repository.commit()));
    Until.holds("the second step runs", () -> host.marked("remains").size() == 1);

    daemon.kill();
    Daemon next = host.serve();
    Until.holds("it runs again", () -> host.marked("remains").size() == 2);
    assertFalse(isAlive(host.marked("remains").getFirst()), "the cut off step's child has ended");
    assertTrue(isAlive(host.marked("managers").getFirst()), "the succeeded step's child lives");

    assertEquals(0, host.run("cancel", "site").code());
    Until.holds("it is cancelled", host.state()::isIdle);
    assertFalse(isAlive(host.marked("remains").getLast()), "the cancelled step's child has ended");
    assertTrue(isAlive(host.marked("managers").getFirst()));
    assertTrue(isAlive(host.marked("managers").getLast()));
    assertEquals(0, next.stop());
    assertTrue(isAlive(host.marked("managers").getLast()), "the daemon's end is none of its");
  }

  private static boolean isAlive(String pid) throws IOException {
    try {
      // One that has ended may wait for long until the host's first process notices.
      return !Files.readString(Path.of("/proc", pid, "stat")).matches("(?s).*\\) [ZX] .*");
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  @Test
  void whatWasCutOffIsClearedUpAlsoWhenItsDeploymentIsGone(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    String wait = "while [ ! -e '%s' ]; do sleep 0.05; done".formatted(host.marks("go"));
    host.deployment("gone", repository, "steps = [\"" + Marks.step(host, "gone", wait) + "\"]");
    Daemon daemon = host.serve();
    Delivery push = Delivery.push(repository, repository.commit());
    String entry = daemon.deliver(push);
    Until.holds("it runs", () -> !host.marked("gone").isEmpty());
    daemon.kill();
    String configuration = Files.readString(host.config().resolve("slipway.d/gone.toml"));
    host.unmerge("gone");

    Daemon next = host.serve().ready();
    assertEquals(List.of("interrupted"), host.state().log("gone", 1, "completed"));
    assertEquals("interrupted", host.records().releases("gone").getFirst().state());
    assertEquals(List.of(entry), host.state().waiting("gone"));
    assertEquals("orphaned", host.json("status").get(0).get("state").asText());

    Files.createFile(host.marks("go"));
    host.merge("gone", configuration.split("\n"));
    next.signal("HUP");
    Until.holds("it is deployed", () -> deployed(host, "gone") == 1);
    assertEquals(List.of(), new Marks(host.marked("gone")).overlaps());
  }

  @Test
  void anEntryThatRanAtThreeUncleanEndsInARowIsGivenUp(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment(
        "site", repository, "steps = [\"" + Marks.step(host, "site", "sleep 30") + "\"]");
    Daemon daemon = host.serve();
    Delivery push = Delivery.push(repository, repository.commit());
    String entry = daemon.deliver(push);

    for (int kill = 1; kill <= 3; kill++) {
      int runs = kill;
      Until.holds("it runs again", () -> host.marked("site").size() == runs);
      daemon.kill();
      daemon = host.serve();
    }

    Until.holds("it is given up", () -> host.state().failed("site").equals(List.of(entry)));
    assertTrue(host.state().reason("site", entry).contains("3 times in a row"));
    assertEquals(Optional.empty(), host.records().events(push.id()).stream().findFirst());
    assertEquals(
        List.of("interrupted", "interrupted", "interrupted"),
        host.records().releases("site").stream().map(Records.Release::state).toList());
    assertEquals(3, host.marked("site").size());
  }
}
