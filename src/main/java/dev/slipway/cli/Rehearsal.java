package dev.slipway.cli;

import dev.slipway.app.Daemon;
import dev.slipway.app.Logging;
import dev.slipway.app.Role;
import dev.slipway.config.Config;
import dev.slipway.config.ConfigReader;
import dev.slipway.config.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Walks once through what the daemon and the commands do, so that the JVM sees the classes they
 * need while it makes the archive of class data that later starts read. Run by the launcher after a
 * build; not a command.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /** Needs git; leaves nothing behind and prints nothing. */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal silent = new Terminal(nowhere, nowhere, false);
    try (DemoGround ground = DemoGround.make(scratch, "true")) {
      System.setProperty(Logging.FILE, ground.log().toString());
      Config config =
          Settings.valid(
                  ConfigReader.read(Optional.of(ground.config()), Surroundings.ofThisProcess()),
                  silent)
              .config();
      Daemon daemon = new Daemon(Role.ALL, Version.number(), config, Optional::empty);
      daemon.serve(
          Optional.of((listening, end) ->
              () -> {
                rehearse(ground, config, silent, listening);
                keepSqlite();
                end.run();
                return Duration.ofDays(1);
              }));
    }
  }

  /** Copies SQLite's library, which this process has unpacked, to where the launcher wants it. */
  private static void keepSqlite() throws IOException {
    String wanted = System.getProperty("slipway.sqlite");
    Optional<Path> unpacked =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(line -> line.endsWith("sqlitejdbc.so"))
            .map(line -> Path.of(line.substring(line.indexOf('/'))))
            .findFirst();
    if (wanted != null && unpacked.isPresent()) {
      Files.copy(unpacked.get(), Path.of(wanted));
    }
  }

  private static void rehearse(
      DemoGround ground, Config config, Terminal silent, InetSocketAddress listening)
      throws Exception {
    new DemoTour(ground, config, silent, "true").walk(listening);
    String origin = "http://127.0.0.1:" + listening.getPort();
    new Delivery("ping", "rehearsal", "{}")
        .post(URI.create(origin + "/github-webhook"), ground.secret());
    String option = ground.config().toString();
    for (String command : List.of("status", "queue list", "releases hello", "logs hello")) {
      List<String> words = new java.util.ArrayList<>(List.of("--config", option));
      words.addAll(List.of(command.split(" ")));
      int ignored = Main.run(words, silent);
    }
  }
}
