package dev.slipway.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The machine's clock is set back by an hour, while the daemon runs and while it does not. Slow,
 * since each look at the clock goes through the library that fakes it: only with {@code
 * -Dslipway.clock=true}. What it is about is tested quickly with a clock of the tests' own.
 */
@ExtendWith(Hosts.class)
@EnabledIfSystemProperty(named = "slipway.clock", matches = "true")
final class ClockIT {
  /** Where the package libfaketime puts it. */
  private static Optional<Path> fakeTime() {
    return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
        .map(arch -> Path.of("/usr/lib", arch, "faketime/libfaketimeMT.so.1"))
        .filter(Files::exists)
        .findFirst();
  }

  @Test
  void anHourBackLosesNothingAndKeepsTheOrder(Host host) throws Exception {
    Optional<Path> library = fakeTime();
    assumeTrue(library.isPresent(), "the package libfaketime is not installed");
    Path offset = host.directory().resolve("offset");
    Files.writeString(offset, "+0");
    Map<String, String> faked =
        Map.of(
            "LD_PRELOAD",
            library.get().toString(),
            "FAKETIME_TIMESTAMP_FILE",
            offset.toString(),
            "FAKETIME_CACHE_DURATION",
            "1",
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1");
    SampleRepository site = host.repository("example/site");
    host.deployment("site", site, "steps = [\"" + Marks.step(host, "site", "true") + "\"]");
    List<String> names = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Daemon daemon = host.serve(faked).ready();
    push(site, daemon, names, ids);
    host.idle();

    Files.writeString(offset, "-3600");
    Until.holds(
        "the daemon's clock is back",
        () -> {
          push(site, daemon, names, ids);
          host.idle();
          return began(host, ids.size()).compareTo(began(host, 1)) < 0;
        });
    push(site, daemon, names, ids);
    host.idle();
    assertEquals(0, daemon.stop());
    Daemon next = host.serve(faked).ready();
    push(site, next, names, ids);
    host.idle();

    assertEquals(names.stream().sorted().distinct().toList(), names, "the order of acceptance");
    assertEquals(
        ids,
        host.records().releases("site").stream()
            .filter(release -> release.state().equals("succeeded"))
            .map(Records.Release::event)
            .toList());
    assertEquals(0, next.stop());
  }

  /** When a release began, by the daemon's own clock. */
  private static String began(Host host, int release) throws IOException {
    return host.state().log("site", release).getFirst().get("at").asText();
  }

  private static void push(
      SampleRepository site, Daemon daemon, List<String> names, List<String> ids) throws Exception {
    Delivery delivery = Delivery.push(site, site.commit());
    names.add(daemon.deliver(delivery));
    ids.add(delivery.id());
  }
}
