package dev.slipway.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ledger.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A host of a test's own: a configuration, a state directory, repositories to deploy from, and the
 * daemons that were started on it. Closing ends them all and leaves nothing behind.
 */
final class Host implements AutoCloseable {
  static final String SECRET = "a secret that only GitHub and this host know";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final State state;
  private final List<Daemon> daemons = new ArrayList<>();
  private Records records;

  private Host(Path directory) {
    this.directory = directory;
    this.state = new State(directory.resolve("state"));
    this.records = new Records("jdbc:sqlite:" + state.root().resolve("slipway.db"), "");
  }

  static Host create() throws IOException {
    Host host = new Host(Files.createTempDirectory("slipway-host").toRealPath());
    for (String name : List.of("config/slipway.d", "home", "marks", "www", "git")) {
      Files.createDirectories(host.directory.resolve(name));
    }
    host.configure("shutdown_grace = \"20s\"");
    return host;
  }

  /**
   * Writes the main file of the configuration; top-level keys of its own come first. Missed pushes
   * are looked for where a test says how often: in most, commits are made long before their events.
   * How full the machine is does not matter either, unless a test says so.
   */
  Host configure(String... top) throws IOException {
    List<String> keys = new ArrayList<>(List.of(top));
    for (String key : List.of("reconcile = \"off\"", "min_free_disk = \"0B\"")) {
      if (keys.stream().noneMatch(line -> line.startsWith(key.substring(0, key.indexOf(' '))))) {
        keys.add(key);
      }
    }
    Files.writeString(
        directory.resolve("config/slipway.toml"),
        """
        state_dir = "%s"
        %s
        [listen]
        port = 0
        [admin]
        port = 0
        [github]
        webhook_secrets = ["%s"]
        """
            .formatted(state.root(), String.join("\n", keys), SECRET));
    return this;
  }

  /** Writes one of the files that are merged over it. */
  Host merge(String name, String... lines) throws IOException {
    Files.writeString(
        directory.resolve("config/slipway.d").resolve(name + ".toml"),
        String.join("\n", lines) + "\n");
    return this;
  }

  /** Takes such a file away. */
  Host unmerge(String name) throws IOException {
    Files.delete(directory.resolve("config/slipway.d").resolve(name + ".toml"));
    return this;
  }

  /**
   * Configures a deployment, of {@code main} and of each single push where nothing else is said;
   * {@code lines} are further keys of its table.
   */
  Host deployment(String slug, SampleRepository repository, String... lines) throws IOException {
    List<String> table =
        new ArrayList<>(
            List.of(
                "[deployments." + slug + "]",
                "repository = \"" + repository.name() + "\"",
                "url = \"" + repository.url() + "\"",
                "path = \"" + path(slug) + "\""));
    if (Stream.of(lines).noneMatch(line -> line.startsWith("branch = "))) {
      table.add("branch = \"main\"");
    }
    if (Stream.of(lines).noneMatch(line -> line.startsWith("coalesce = "))) {
      table.add("coalesce = false");
    }
    table.addAll(List.of(lines));
    return merge(slug, table.toArray(String[]::new));
  }

  /** Lets the record store be this one, in place of the embedded one. */
  Host store(Database.Server server) throws IOException {
    records = new Records(server.url(), server.user().orElse(""));
    return merge(
        "00-database",
        "[database]",
        "url = \"" + server.url() + "\"",
        "user = \"" + server.user().orElse("") + "\"");
  }

  SampleRepository repository(String name) throws IOException, InterruptedException {
    return SampleRepository.create(
        directory.resolve("git").resolve(name.replace('/', '-') + ".git"), name);
  }

  Path directory() {
    return directory;
  }

  Path config() {
    return directory.resolve("config");
  }

  /** Where a deployment deploys to. */
  Path path(String slug) {
    return directory.resolve("www").resolve(slug);
  }

  /** A file for steps to write to, outside of every checkout. */
  Path marks(String name) {
    return directory.resolve("marks").resolve(name);
  }

  /** What steps wrote there, line by line; nothing where they did not yet. */
  List<String> marked(String name) throws IOException {
    return Files.exists(marks(name)) ? Files.readAllLines(marks(name)) : List.of();
  }

  State state() {
    return state;
  }

  Records records() {
    return records;
  }

  /** Starts the daemon. */
  Daemon serve(String... options) throws IOException {
    return serve(Map.of(), options);
  }

  Daemon serve(Map<String, String> environment, String... options) throws IOException {
    return serveBy(List.of(), environment, options);
  }

  /** Starts the daemon by another program, which gives it less of something. */
  Daemon serveBy(List<String> wrapper, Map<String, String> environment, String... options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "--config", config().toString()));
    words.addAll(List.of(options));
    Path log = directory.resolve("daemon-" + (daemons.size() + 1) + ".log");
    Daemon daemon = Daemon.start(wrapper, directory, log, SECRET, environment(environment), words);
    daemons.add(daemon);
    return daemon;
  }

  /** Runs a command to its end. */
  Program.Finished run(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", config().toString()));
    return Program.run(directory, environment(Map.of()), all);
  }

  /** Runs a command that must succeed; answers the JSON that it prints. */
  JsonNode json(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    Program.Finished finished = run(all.toArray(String[]::new));
    if (finished.code() != 0) {
      throw new AssertionError(all + ": " + finished);
    }
    return JSON.readTree(finished.out());
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HOME", directory.resolve("home").toString());
    return environment;
  }

  /** Waits until nothing waits and nothing runs. */
  void idle() {
    Until.holds("all is worked off", state::isIdle);
  }

  /** Shows what its daemons said. */
  void tell() throws IOException {
    for (Daemon daemon : daemons) {
      System.err.printf("--- daemon, process %d ---%n%s", daemon.pid(), daemon.log());
    }
    if (!Files.isDirectory(state.root().resolve("queues"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(state.root().resolve("queues"))) {
      System.err.println("--- queues ---");
      files.filter(Files::isRegularFile).sorted().forEach(System.err::println);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Daemon daemon : daemons) {
      daemon.kill();
    }
    endSteps();
    deleteAll(directory);
  }

  /**
   * Ends the steps that outlived their daemons: all that has this host's folder in its environment.
   */
  private void endSteps() {
    Until.holds(
        "no step is left",
        () -> {
          List<ProcessHandle> left = ProcessHandle.allProcesses().filter(this::isStep).toList();
          left.forEach(ProcessHandle::destroyForcibly);
          return left.isEmpty();
        });
  }

  private boolean isStep(ProcessHandle process) {
    try {
      Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
      return Files.readString(environment, StandardCharsets.ISO_8859_1)
          .contains("SLIPWAY_PATH=" + directory + "/");
    } catch (IOException goneOrForbidden) {
      return false;
    }
  }

  static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
