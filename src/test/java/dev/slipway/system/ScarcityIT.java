package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A system that gives the daemon less of something than it asks for. */
@ExtendWith(Hosts.class)
final class ScarcityIT {
  /** A user namespace of its own, in which there is no inotify instance to be had. */
  private static final List<String> NO_INOTIFY =
      List.of(
          "unshare",
          "--user",
          "--map-root-user",
          "sh",
          "-c",
          "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$0\" \"$@\"");

  private static boolean works(List<String> wrapper) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(wrapper);
    words.add("true");
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
  }

  private static void marking(Host host, String slug, SampleRepository site) throws Exception {
    host.deployment(slug, site, "steps = [\"" + Marks.step(host, slug, "true") + "\"]");
  }

  @Test
  void withoutInotifyTheQueuesAreSweptAndThatIsSaid(Host host) throws Exception {
    assumeTrue(works(NO_INOTIFY), "no user namespace may be made here");
    SampleRepository site = host.repository("example/site");
    marking(host, "site", site);
    Daemon daemon = host.serveBy(NO_INOTIFY, Map.of()).ready();
    daemon.said("watching failed, sweeping every second instead");
    Delivery push = Delivery.push(site, site.commit());
    daemon.deliver(push);
    host.idle();
    assertEquals("deployed", host.records().outcome(push.id(), "site"));

    Delivery byHand = Delivery.push(site, site.commit());
    host.state().drop("site", "1763706000123456789.json", byHand.entry());
    Until.holds(
        "it is deployed too", () -> host.records().outcome(byHand.id(), "site").equals("deployed"));
    assertEquals(200, daemon.get("/readyz").status(), "slower is not unready");
    Program.Finished status = host.run("status");
    assertTrue(status.err().contains("degraded: the queues are swept every second"), status.err());
    assertEquals(0, daemon.stop());
  }

  /** How many descriptors the daemon has, from its own table. */
  private static long descriptors(Daemon daemon) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(daemon.pid()), "fd"))) {
      return open.count();
    }
  }

  /** Takes descriptors of the daemon by connections that say nothing, until it has no more. */
  private static void occupy(Daemon daemon, int limit, List<Socket> sockets) throws Exception {
    URI address = daemon.address();
    Until.holds(
        "there is no descriptor left",
        () -> {
          for (int i = 0; i < 8 && descriptors(daemon) < limit; i++) {
            sockets.add(new Socket(address.getHost(), address.getPort()));
          }
          return descriptors(daemon) >= limit - 1;
        });
  }

  @Test
  void whereDescriptorsAreScarceNothingIsLostAndAllIsWorkedOffLater(Host host) throws Exception {
    int limit = 256;
    List<String> scarce = List.of("prlimit", "--nofile=" + limit + ":" + limit);
    assumeTrue(works(scarce), "prlimit is not there");
    SampleRepository site = host.repository("example/site");
    marking(host, "site", site);
    Daemon daemon = host.serveBy(scarce, Map.of()).ready();
    Delivery first = Delivery.push(site, site.commit());
    daemon.deliver(first);
    host.idle();

    List<Socket> sockets = new ArrayList<>();
    Delivery second = Delivery.push(site, site.commit());
    Daemon.Answer answer;
    try {
      occupy(daemon, limit, sockets);
      // By the connection that is kept open: a new one would not be taken.
      answer = daemon.post(second);
      assertTrue(answer.status() == 202 || answer.status() == 503, answer.toString());
      host.state().drop("site", "1763706000123456789.json", second.entry());
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    daemon.ready();
    host.idle();
    assertEquals("deployed", host.records().outcome(second.id(), "site"));
    assertEquals(List.of(), host.state().failed("site"));
    assertEquals(202, daemon.post(second).status(), "it accepts again");
    host.idle();
    assertEquals(0, daemon.stop());
  }
}
