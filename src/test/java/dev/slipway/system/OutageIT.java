package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Database;
import dev.slipway.ledger.TestPostgres;
import dev.slipway.lock.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A record store or a Redis that is away: events go on being accepted, and are worked off when it
 * is back.
 */
@ExtendWith(Hosts.class)
final class OutageIT {
  @TempDir private Path data;

  @Test
  void eventsAreAcceptedWithoutTheRecordStoreAndWorkedOffWhenItIsBack(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment(
        "site", repository, "steps = [\"" + Marks.step(host, "site", "sleep 0.1") + "\"]");
    List<Delivery> deliveries = new ArrayList<>();
    try (TestPostgres postgres = TestPostgres.start(data.resolve("postgres"))) {
      Database.Server store = postgres.database();
      host.store(store);
      postgres.stop();

      // Not there at the start.
      Daemon daemon = host.serve();
      assertNotReady(host, daemon, "record store");
      push(repository, deliveries, daemon);
      push(repository, deliveries, daemon);
      assertEquals(2, host.state().waiting("dispatcher").size());
      postgres.start();
      daemon.ready();
      host.idle();
      assertDeployed(host, deliveries);

      // Gone while something runs: it ends, and its end is recorded later.
      int before = host.marked("site").size();
      push(repository, deliveries, daemon);
      Until.holds("it runs", () -> host.marked("site").size() > before);
      postgres.stop();
      push(repository, deliveries, daemon);
      assertNotReady(host, daemon, "record store");
      push(repository, deliveries, daemon);
      postgres.start();
      daemon.ready();
      host.idle();
      assertDeployed(host, deliveries);
      assertEquals(List.of(), host.state().failed("site"));
      assertEquals(2 * deliveries.size(), host.marked("site").size(), "each ran once");
      assertEquals(0, daemon.stop());
    }
  }

  @Test
  void eventsWaitForRedisAndAreWorkedOffWhenItIsBack(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, "steps = [\"" + Marks.step(host, "site", "true") + "\"]");
    List<Delivery> deliveries = new ArrayList<>();
    try (TestRedis redis = TestRedis.started()) {
      host.merge("01-redis", "[redis]", "url = \"" + redis.url() + "\"");
      Daemon daemon = host.serve().ready();
      push(repository, deliveries, daemon);
      host.idle();

      redis.stop();
      push(repository, deliveries, daemon);
      assertNotReady(host, daemon, "Redis at " + redis.url());
      assertEquals(1, host.records().events().size());
      redis.start();
      daemon.ready();
      host.idle();

      assertDeployed(host, deliveries);
      assertEquals(0, daemon.stop());
    }
  }

  private static void assertNotReady(Host host, Daemon daemon, String why) throws Exception {
    Until.holds("it is not ready", () -> daemon.get("/readyz").status() == 503);
    assertTrue(daemon.get("/readyz").body().contains(why));
    assertEquals(200, daemon.get("/healthz").status());
    Until.holds("status says it too", () -> host.run("status").err().contains(why));
  }

  private static void push(SampleRepository repository, List<Delivery> deliveries, Daemon daemon)
      throws Exception {
    Delivery delivery = Delivery.push(repository, repository.commit());
    daemon.deliver(delivery);
    deliveries.add(delivery);
  }

  private static void assertDeployed(Host host, List<Delivery> deliveries) throws Exception {
    assertEquals(
        deliveries.stream().map(Delivery::id).toList(),
        host.records().releases("site").stream()
            .filter(release -> release.state().equals("succeeded"))
            .map(Records.Release::event)
            .toList());
  }
}
