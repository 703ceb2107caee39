package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Steps that do not behave, all at once, beside one that does. {@code -Dslipway.output=4000000000}
 * lets one print so many bytes.
 */
@ExtendWith(Hosts.class)
final class MisbehaviourIT {
  private static final long OUTPUT = Long.getLong("slipway.output", 60_000_000L);

  /** What a release's log may take: its share of output, and the messages around it. */
  private static final long LOG_LIMIT = 33L << 20;

  private static final long MEMORY_LIMIT_KIB = 400L << 10;

  private static void steps(Host host, SampleRepository site, String slug, String step)
      throws IOException {
    host.deployment(slug, site, "timeout = \"5m\"", "steps = [\"\"\"" + step + "\"\"\"]");
  }

  /** The most memory that the daemon ever had, in KiB. */
  private static long mostMemory(Daemon daemon) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(daemon.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitState(Host host, String slug, String state) {
    Until.holds(
        slug + " is " + state,
        () ->
            host.records().releases(slug).stream()
                .anyMatch(release -> release.state().equals(state)));
  }

  @Test
  void stepsThatMisbehaveEndAndKeepNobodyElseUp(Host host) throws Exception {
    SampleRepository site = host.repository("example/site");
    host.configure("max_running = 8");
    steps(host, site, "loud", "yes 'a line as long as they usually are' | head -c " + OUTPUT);
    host.deployment(
        "deaf",
        site,
        "steps = [{ run = \"trap '' TERM; echo $$ > %s; while :; do sleep 0.1; done\", timeout = \"2s\" }]"
            .formatted(host.marks("deaf")));
    steps(host, site, "asking", "cat; read answer < /dev/tty && echo \"$answer\"");
    steps(host, site, "holding", "sleep 60 & echo begun");
    host.deployment("good", site, "steps = [\"" + Marks.step(host, "good", "true") + "\"]");
    Daemon daemon = host.serve().ready();
    Delivery push = Delivery.push(site, site.commit());
    daemon.deliver(push);

    Until.within(
        Duration.ofSeconds(30),
        "the good one is deployed",
        () -> host.records().outcome(push.id(), "good").equals("deployed"));
    awaitState(host, "holding", "succeeded");
    assertEquals("begun", host.state().log("holding", 1, "line").getLast());
    awaitState(host, "asking", "failed");
    assertTrue(
        host.state().log("asking", 1, "line").toString().contains("/dev/tty"),
        () -> "it says what it could not open");
    awaitState(host, "deaf", "failed");
    assertFalse(Files.exists(Path.of("/proc", host.marked("deaf").getFirst())));
    awaitState(host, "loud", "succeeded");
    assertTrue(Files.size(host.state().root().resolve("logs/loud/1.ndjson")) < LOG_LIMIT);
    List<String> faults = host.state().log("loud", 1, "error");
    assertEquals(1, faults.size());
    assertTrue(faults.getFirst().contains("the rest is left out"), faults.getFirst());
    assertTrue(mostMemory(daemon) < MEMORY_LIMIT_KIB, () -> "it kept what was printed");
    assertEquals(0, daemon.stop());
  }
}
