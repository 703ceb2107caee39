package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Database;
import dev.slipway.ledger.TestPostgres;
import dev.slipway.lock.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two daemons, each with a state directory of its own, on one PostgreSQL and one Redis: as on two
 * hosts that get the same deliveries.
 */
@ExtendWith(Hosts.class)
final class TwoDaemonsIT {
  private static final int PUSHES = 12;

  private Host other;

  @BeforeEach
  void takeAnotherHost() throws Exception {
    other = Host.create();
  }

  @AfterEach
  void leaveIt() throws Exception {
    other.close();
  }

  @Test
  void whatBothAreGivenIsDeployedOnceInAll(Host host) throws Exception {
    Database.Server store = TestPostgres.freshDatabase();
    SampleRepository repository = host.repository("example/site");
    for (Host each : List.of(host, other)) {
      each.store(store);
      each.merge("01-redis", "[redis]", "url = \"" + TestRedis.shared().url() + "\"");
      for (String slug : List.of("left", "right")) {
        each.deployment(
            slug, repository, "steps = [\"" + Marks.step(host, slug, "sleep 0.05") + "\"]");
      }
    }
    Daemon one = host.serve();
    Daemon two = other.serve();
    one.ready();
    two.ready();
    List<Delivery> deliveries = new ArrayList<>();
    for (String commit : repository.commits(PUSHES)) {
      deliveries.add(Delivery.push(repository, commit));
    }

    for (Delivery delivery : deliveries) {
      one.deliver(delivery);
      two.deliver(delivery);
    }
    host.idle();
    other.idle();

    List<String> ids = deliveries.stream().map(Delivery::id).toList();
    for (String slug : List.of("left", "right")) {
      assertDeployedOnceInAll(host, slug, ids);
      assertEquals(List.of(), new Marks(host.marked(slug)).overlaps());
      assertEquals(List.of(), host.state().failed(slug));
      assertEquals(List.of(), other.state().failed(slug));
    }
    assertEquals(0, one.stop());
    assertEquals(0, two.stop());
    System.out.printf(
        "two daemons: accepted=%d deployed=%d%n", 2 * PUSHES, host.records().events().size());
  }

  /** How many pushes there are, each may be deployed or be found behind one that already is. */
  private static void assertDeployedOnceInAll(Host host, String slug, List<String> ids)
      throws Exception {
    List<Records.Event> recorded =
        host.records().events().stream().filter(row -> row.deployment().equals(slug)).toList();
    assertEquals(
        new TreeSet<>(ids), new TreeSet<>(recorded.stream().map(Records.Event::id).toList()));
    assertTrue(
        recorded.stream().allMatch(row -> Set.of("deployed", "superseded").contains(row.outcome())),
        recorded.toString());
    List<Records.Release> releases = host.records().releases(slug);
    assertEquals(
        recorded.stream()
            .filter(row -> row.outcome().equals("deployed"))
            .map(Records.Event::id)
            .sorted()
            .toList(),
        releases.stream().map(Records.Release::event).sorted().toList(),
        "one release for each deployed event");
    assertTrue(releases.stream().allMatch(release -> release.state().equals("succeeded")));
    assertEquals(
        IntStream.rangeClosed(1, releases.size()).boxed().toList(),
        releases.stream().map(Records.Release::version).toList());
    assertEquals(ids.getLast(), releases.getLast().event(), "the newest is live");
  }
}
