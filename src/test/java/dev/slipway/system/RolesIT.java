package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Listener and workers as two processes that share the state directory and nothing else. */
@ExtendWith(Hosts.class)
final class RolesIT {
  @Test
  void eitherPartMayBeRestartedAlone(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, "steps = [\"" + Marks.step(host, "site", "true") + "\"]");
    Daemon intake = host.serve("--role", "intake");
    List<Delivery> deliveries = new ArrayList<>();

    // Nobody works: events are kept.
    assertEquals(200, intake.get("/healthz").status());
    Daemon.Answer notReady = intake.get("/readyz");
    assertEquals(503, notReady.status());
    assertTrue(notReady.body().contains("no work process runs"), notReady.body());
    push(repository, deliveries, intake);
    push(repository, deliveries, intake);
    assertEquals(2, host.state().waiting("dispatcher").size());

    Daemon work = host.serve("--role", "work");
    intake.ready();
    host.idle();
    assertDeployed(host, deliveries);

    // The listener alone is restarted, then the workers alone, killed as rudely as can be.
    intake.kill();
    intake = host.serve("--role", "intake").ready();
    push(repository, deliveries, intake);
    host.idle();
    assertDeployed(host, deliveries);
    work.kill();
    Daemon listener = intake;
    Until.holds("it is not ready", () -> listener.get("/readyz").status() == 503);
    push(repository, deliveries, intake);
    work = host.serve("--role", "work");
    push(repository, deliveries, intake);
    intake.ready();
    host.idle();
    assertDeployed(host, deliveries);

    assertSecondOfEachIsRefused(host, intake, work);
    assertEquals(0, work.stop());
    assertEquals(0, intake.stop());
  }

  private static void push(SampleRepository repository, List<Delivery> deliveries, Daemon intake)
      throws Exception {
    Delivery delivery = Delivery.push(repository, repository.commit());
    intake.deliver(delivery);
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

  private static void assertSecondOfEachIsRefused(Host host, Daemon intake, Daemon work)
      throws Exception {
    Program.Finished second = host.run("serve", "--role", "work");
    assertEquals(69, second.code(), second.err());
    assertTrue(second.err().contains(Long.toString(work.pid())), second.err());
    second = host.run("serve", "--role", "intake");
    assertEquals(69, second.code(), second.err());
    assertTrue(second.err().contains(Long.toString(intake.pid())), second.err());
    second = host.run("serve");
    assertEquals(69, second.code(), second.err());
    assertTrue(work.isAlive() && intake.isAlive());
  }
}
