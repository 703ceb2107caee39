package dev.slipway.cli;

import dev.slipway.app.CannotStart;
import dev.slipway.app.Daemon;
import dev.slipway.app.Logging;
import dev.slipway.app.Role;
import dev.slipway.config.Config;
import dev.slipway.config.ConfigReader;
import dev.slipway.config.Reading;
import dev.slipway.config.Surroundings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code slipway demo}. */
@Command(
    name = "demo",
    description =
        "Show the whole product on this machine: a sample repository, a push, the release. Needs"
            + " git; leaves nothing behind.")
final class DemoCommand extends AbstractCommand {
  @Override
  public Integer call() throws IOException, CannotStart, InterruptedException {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
    print("Slipway, shown on this machine. Ctrl-C ends it and removes all of it.");
    print("");
    try (DemoGround ground = DemoGround.make(scratch, program())) {
      // Before the first line is logged: what is shown here is the tour.
      System.setProperty(Logging.FILE, ground.log().toString());
      Config config = read(ground);
      Daemon daemon =
          new Daemon(Role.ALL, Version.number(), config, () -> Optional.of(read(ground)));
      int code =
          daemon.serve(Optional.of((listening, end) -> () -> show(ground, config, listening)));
      print("");
      print("The demonstration is over; its files are removed.");
      return code;
    }
  }

  private Duration show(DemoGround ground, Config config, InetSocketAddress listening)
      throws InterruptedException {
    try {
      new DemoTour(ground, config, terminal(), program()).walk(listening);
    } catch (IOException | RuntimeException failed) {
      terminal().remark("slipway: the demonstration failed: " + failed);
      terminal().remark("The daemon's log: " + ground.log());
    }
    return Duration.ofDays(1);
  }

  private Config read(DemoGround ground) {
    Reading reading = ConfigReader.read(Optional.of(ground.config()), Surroundings.ofThisProcess());
    return Settings.valid(reading, terminal()).config();
  }

  /** How this program is called from elsewhere. */
  private static String program() {
    return Optional.ofNullable(System.getProperty(Surroundings.HOME))
        .map(home -> Path.of(home).toAbsolutePath().resolve("slipway").toString())
        .orElse("slipway");
  }
}
