package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Disks that are full, nearly full, or read-only: what was accepted is kept, and worked off. */
@ExtendWith(Hosts.class)
final class DiskIT {
  private static void marking(Host host, String slug, SampleRepository site, String... lines)
      throws Exception {
    String[] all = List.of(lines).toArray(new String[lines.length + 1]);
    all[lines.length] = "steps = [\"" + Marks.step(host, slug, "true") + "\"]";
    host.deployment(slug, site, all);
  }

  private static void assertNotReady(Host host, Daemon daemon, String why) throws Exception {
    Until.holds(
        "it is not ready, and says why",
        () -> {
          Daemon.Answer answer = daemon.get("/readyz");
          return answer.status() == 503 && answer.body().contains(why);
        });
    assertEquals(200, daemon.get("/healthz").status());
    Program.Finished status = host.run("status");
    assertEquals(0, status.code(), status.err());
    assertTrue(status.err().contains(why), status.err());
  }

  @Test
  void aFullDiskRefusesEventsAndLosesNone(Host host) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(host.state().root())) {
      SampleRepository site = host.repository("example/full");
      marking(host, "full", site);
      Daemon full = host.serve().ready();
      full.deliver(Delivery.push(site, site.commit()));
      host.idle();
      Files.createFile(host.state().queue("full").resolve("paused"));
      Delivery accepted = Delivery.push(site, site.commit());
      full.deliver(accepted);
      Until.holds("it waits", () -> host.state().waiting("full").size() == 1);

      disk.fill();
      Delivery refused = Delivery.push(site, site.commit());
      Daemon.Answer answer = full.post(refused);
      assertEquals(503, answer.status(), answer.body());
      assertTrue(answer.headers().containsKey("retry-after"), answer.headers().toString());
      assertEquals(List.of(), host.state().waiting("dispatcher"));
      assertEquals(503, full.post(refused).status());
      assertNotReady(host, full, "is full");
      Files.delete(host.state().queue("full").resolve("paused"));
      full.said("waits loop=full");

      disk.free();
      full.ready().deliver(refused);
      host.idle();
      assertEquals("deployed", host.records().outcome(accepted.id(), "full"));
      assertEquals("deployed", host.records().outcome(refused.id(), "full"));
      assertEquals(List.of(), host.state().failed("full"));
      assertEquals(0, full.stop());
    }
  }

  @Test
  void belowTheLeastFreeDiskADeploymentWaitsAndOthersGoOn(Host host) throws Exception {
    Path path = host.path("low");
    try (SmallDisk disk = SmallDisk.mount(path)) {
      SampleRepository site = host.repository("example/site");
      host.configure("min_free_disk = \"6MiB\"");
      marking(host, "low", site);
      marking(host, "other", site);
      disk.write(4 << 20);
      Daemon daemon = host.serve().said("working deployments=2");
      Delivery push = Delivery.push(site, site.commit());
      String entry = daemon.deliver(push);

      Until.holds("the other is deployed", () -> host.records().events(push.id()).size() == 1);
      String why = path + " has 3MiB left, min_free_disk is 6MiB";
      assertNotReady(host, daemon, why);
      assertEquals(List.of(entry), host.state().waiting("low"));
      assertTrue(host.json("status").get(0).get("waiting_for").asText().contains(why));
      assertEquals(List.of(), host.records().releases("low"));
      daemon.said("nothing new starts deployment=low");

      disk.free();
      Until.holds("it is deployed", () -> host.records().events(push.id()).size() == 2);
      daemon.ready();
      daemon.said("there is room again deployment=low");

      disk.write(4 << 20);
      Delivery second = Delivery.push(site, site.commit());
      daemon.deliver(second);
      assertNotReady(host, daemon, why);
      host.configure("min_free_disk = \"0B\"");
      daemon.signal("HUP");
      Until.holds("it is deployed", () -> host.records().events(second.id()).size() == 2);
      assertEquals(0, daemon.stop());
    }
  }

  @Test
  void aReadOnlyStateDirectoryRefusesEventsUntilItCanBeWritten(Host host) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(host.state().root())) {
      SampleRepository site = host.repository("example/site");
      marking(host, "site", site);
      Daemon daemon = host.serve().ready();
      daemon.deliver(Delivery.push(site, site.commit()));
      host.idle();

      disk.refuseWrites();
      Delivery push = Delivery.push(site, site.commit());
      Daemon.Answer refused = daemon.post(push);
      assertEquals(503, refused.status(), refused.body());
      assertTrue(refused.headers().containsKey("retry-after"));
      assertNotReady(host, daemon, "is read-only");
      disk.takeWrites();
      daemon.ready().deliver(push);
      host.idle();
      assertEquals("deployed", host.records().outcome(push.id(), "site"));
      assertEquals(0, daemon.stop());

      disk.remount("ro");
      Program.Finished start = host.run("serve");
      assertEquals(69, start.code(), start.err());
      assertTrue(start.err().contains("Read-only file system"), start.err());
      disk.remount("rw");
    }
  }
}
