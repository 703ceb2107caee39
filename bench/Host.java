import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;

/** One {@code slipway serve}, with a state directory and a configuration of its own. */
final class Host implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final String secret;
  final int port;
  final Path directory;

  private final Process process;
  private final long startedNanos;

  /** What lies in a state directory before the start. */
  @FunctionalInterface
  interface Preparation {
    void prepare(Backlog backlog) throws Exception;
  }

  /** The configuration's part that a measurement brings along: its deployments. */
  Host(Path directory, String role, String deployments, Map<String, String> environment)
      throws Exception {
    this(directory, role, deployments, environment, nothing -> {});
  }

  Host(
      Path directory,
      String role,
      String deployments,
      Map<String, String> environment,
      Preparation preparation)
      throws Exception {
    this.directory = directory;
    remove(directory);
    Files.createDirectories(directory.resolve("config"));
    preparation.prepare(backlog());
    // What was written for the measurement must not be what its first sync waits for.
    new ProcessBuilder("sync").inheritIO().start().waitFor();
    secret = HexFormat.of().formatHex(KeyGenerator.getInstance("HmacSHA256").generateKey().getEncoded());
    port = freePort();
    Path config = directory.resolve("config/slipway.toml");
    Files.writeString(
        config,
        """
        state_dir = "%s"
        listen.port = %d
        admin.port = 0
        github.webhook_secrets = ["%s"]
        """
                .formatted(directory.resolve("state"), port, secret)
            + deployments);
    ProcessBuilder builder =
        new ProcessBuilder("./slipway", "serve", "--role", role, "--config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    builder.environment().putAll(environment);
    startedNanos = System.nanoTime();
    process = builder.start();
  }

  /** The queues of this host's state directory. */
  Backlog backlog() {
    return new Backlog(directory.resolve("state"));
  }

  Load load(byte[] payload) throws Exception {
    return new Load(port, secret, payload);
  }

  /** Tries until a delivery is accepted; milliseconds since the start. */
  double firstAccepted(byte[] payload) throws Exception {
    Load load = load(payload);
    return until(
        () -> {
          try {
            load.once();
            return true;
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  /** Waits until it says that it is ready; milliseconds since the start. */
  double ready() throws Exception {
    return until(
        () -> {
          try {
            HttpURLConnection asked =
                (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
            return asked.getResponseCode() == 200;
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  private double until(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the daemon does not serve: " + log());
      }
      Thread.sleep(1);
    }
    return (System.nanoTime() - startedNanos) / 1e6;
  }

  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until the dispatcher has worked everything off. */
  void routed() throws Exception {
    until(() -> backlog().waiting("dispatcher") == 0);
  }

  /** Memory that this process has for itself, shared pages by their share, in MiB. */
  double residentMiB() throws IOException {
    Path rollup = Path.of("/proc/" + process.pid() + "/smaps_rollup");
    for (String line : Files.readAllLines(rollup)) {
      if (line.startsWith("Pss:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException(rollup + " names no Pss");
  }

  String log() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(70, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    remove(directory);
  }

  static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
