package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.github.FakeGitHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deliveries that failed, and a GitHub that makes them once more when it is asked. */
@ExtendWith(Hosts.class)
final class RedeliveryIT {
  @Test
  void aDeliveryThatFailedWhileTheDaemonWasDownIsAskedForAndDeployed(Host host) throws Exception {
    SampleRepository repository = host.repository("example/site");
    host.deployment("site", repository, "steps = [\"true\"]");
    Delivery missed = Delivery.push(repository, repository.commit());
    CompletableFuture<Daemon> daemon = new CompletableFuture<>();
    try (FakeGitHub github = FakeGitHub.start()) {
      github.hook("example/site", 7, "https://deploy.example.org/github-webhook");
      github.delivery(7, 42, missed.id(), Instant.now().minus(Duration.ofHours(1)), 0);
      github.onAttempt(delivery -> {
        try {
          daemon.get().deliver(missed);
        } catch (Exception failed) {
          throw new IllegalStateException(failed);
        }
      });
      host.configure("origin = \"https://deploy.example.org\"", "reconcile = \"5m\"")
          .merge(
              "02-github",
              "[github]",
              "api_url = \"" + github.api() + "\"",
              "token = \"" + FakeGitHub.TOKEN + "\"");
      daemon.complete(host.serve());
      daemon.get().ready();

      Until.holds(
          "it is deployed", () -> host.records().outcome(missed.id(), "site").equals("deployed"));

      assertEquals(List.of(42L), github.asked());
      daemon.get().said("asked for redelivery event=" + missed.id());
      assertEquals(0, daemon.get().stop());
    }
  }
}
