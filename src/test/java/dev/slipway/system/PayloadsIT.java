package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What GitHub really sends is taken, whatever its kind, and comes to an end with a reason. */
@ExtendWith(Hosts.class)
final class PayloadsIT {
  /** The one commit that any of the payloads would deploy; it is in no repository of ours. */
  private static final String COMMIT = "6113728f27ae82c7b1a177c8d03f9e96e0adf246";

  private static Map<String, Delivery> payloads() throws Exception {
    Path directory = Path.of(PayloadsIT.class.getResource("/payloads").toURI());
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
    }
    Map<String, Delivery> deliveries = new LinkedHashMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      String event = name.substring(0, name.indexOf('.'));
      deliveries.put(name, Delivery.of(event, Files.readString(file)));
    }
    return deliveries;
  }

  private static String expected(String name, Delivery delivery) {
    return switch (name) {
      case "push.with-new-branch.json" -> "site failed";
      default -> "@dispatcher " + (delivery.event().equals("ping") ? "ping" : "ignored");
    };
  }

  @Test
  void everyRealPayloadIsTakenAndComesToAnEnd(Host host) throws Exception {
    SampleRepository repository = host.repository("codertocat/hello-world");
    repository.commits(1, "master");
    host.deployment("site", repository, "branch = \"master\"", "steps = [\"true\"]");
    Daemon daemon = host.serve().ready();
    Map<String, Delivery> payloads = payloads();
    assertTrue(payloads.size() > 50, "only " + payloads.size());

    Map<String, String> entries = new TreeMap<>();
    for (Map.Entry<String, Delivery> payload : payloads.entrySet()) {
      entries.put(payload.getKey(), daemon.deliver(payload.getValue()));
    }

    Until.holds(
        "all are worked off",
        () -> host.state().isIdle() && host.state().kept().size() == payloads.size());
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> ends = new TreeMap<>();
    for (Map.Entry<String, Delivery> payload : payloads.entrySet()) {
      String name = payload.getKey();
      expected.put(name, expected(name, payload.getValue()));
      ends.put(name, end(host, payload.getValue(), entries.get(name)));
    }
    assertEquals(expected, ends);
    assertEquals(List.of(), host.state().corrupt());
    String entry = entries.get("push.with-new-branch.json");
    String reason = host.state().reason("site", entry);
    assertTrue(reason.contains(COMMIT), reason);
    assertEquals("failed", host.records().releases("site").getFirst().state());
    assertTrue(
        Files.readString(host.state().queue("site").resolve("failed").resolve(entry))
            .contains("\"payload\":" + payloads.get("push.with-new-branch.json").body().strip()),
        "the entry stays as GitHub sent it");
  }

  private static String end(Host host, Delivery delivery, String entry) throws Exception {
    List<Records.Event> recorded = host.records().events(delivery.id());
    return recorded.isEmpty() && host.state().failed("site").contains(entry)
        ? "site failed"
        : String.join(
            ", ",
            recorded.stream().map(event -> event.deployment() + " " + event.outcome()).toList());
  }
}
