import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures, one thing after the other, and prints what it found as Markdown. */
final class Bench {
  private static final Path PAYLOAD =
      Path.of("src/test/resources/payloads/push.1.json").toAbsolutePath();

  private final Path directory;
  private final boolean quick;
  private final byte[] payload;

  private Bench(Path directory, boolean quick) throws IOException {
    this.directory = directory;
    this.quick = quick;
    this.payload = Files.readAllBytes(PAYLOAD);
  }

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]).toAbsolutePath();
    Bench bench = new Bench(directory, Arrays.asList(args).contains("--quick"));
    Files.createDirectories(directory);
    try {
      bench.machine();
      if (Arrays.asList(args).contains("--backlogs")) {
        bench.backlogs();
        return;
      }
      bench.throughput();
      bench.latency();
      bench.startUp();
      bench.memory();
      bench.backlogs();
    } finally {
      Host.remove(directory);
    }
  }

  private void machine() throws IOException {
    say("## The machine");
    say("");
    say("- %s, %d cores, Linux %s", cpu(), cores(), System.getProperty("os.version"));
    say("- file system %s; JDK %s", Files.getFileStore(directory).type(), Runtime.version());
    say("- the load runs on the same machine; load average at the start %s", loadAverage());
    if (quick) {
      say("- a quick run: the figures are for a look only");
    }
    say("");
  }

  private static String cpu() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
  }

  /** Accepted events, with the disk's own rate measured right before each run. */
  private void throughput() throws Exception {
    say("## Accepted events");
    say("");
    say("A signed push of %d bytes, each with its own id; 202 after file and directory were synced.", payload.length);
    say("“Disk” is create, write, sync, rename, sync the directory, by one thread and no server.");
    say("");
    say("| process | connections | accepted/s | p50 ms | p99 ms | disk/s | of the disk |");
    say("|---|---|---|---|---|---|---|");
    for (String role : List.of("intake", "all")) {
      for (int connections : new int[] {1, 8, 64}) {
        double disk = disk(seconds(5));
        try (Host host = new Host(directory.resolve("host"), role, void_(), Map.of())) {
          host.firstAccepted(payload);
          Load load = host.load(payload);
          Load.Result result = load.run(connections, seconds(15));
          say(
              "| `--role %s` | %d | %.0f | %.2f | %.2f | %.0f | %.2f |",
              role, connections, result.rate(), result.median(), result.p99(), disk, result.rate() / disk);
        }
      }
    }
    say("");
  }

  /** A deployment of another repository: every event is routed and recorded, none deploys. */
  private String void_() {
    return deployment("other", "bench/other", "file:///nonexistent", "true");
  }

  private String deployment(String slug, String repository, String url, String step) {
    return """
        [deployments.%s]
        repository = "%s"
        url = "%s"
        branch = "main"
        path = "%s"
        steps = ['%s']
        """
        .formatted(slug, repository, url, directory.resolve("sites").resolve(slug), step);
  }

  private double disk(int seconds) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("disk"));
    long start = System.nanoTime();
    int files = 0;
    while (System.nanoTime() - start < seconds * 1_000_000_000L) {
      Path temporary = folder.resolve("." + files);
      try (FileChannel file =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(payload));
        file.force(true);
      }
      Files.move(temporary, folder.resolve(files + ".json"), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
      files++;
    }
    double rate = files / ((System.nanoTime() - start) / 1e9);
    Host.remove(folder);
    return rate;
  }

  /** From the 2xx to what the deployment runs first. */
  private void latency() throws Exception {
    say("## From the 2xx to the deployment's commands");
    say("");
    say("One push at a time to an idle daemon; the time is taken by `date` in the command itself.");
    say("");
    say("| to the first | median ms | p99 ms | max ms |");
    say("|---|---|---|---|");
    Path marks = Files.createDirectories(directory.resolve("marks"));
    String stamp = "date +%s%N >> \"" + marks.resolve("stamp") + "\"";
    Path tools = Files.createDirectories(directory.resolve("tools"));
    Path git = tools.resolve("git");
    Files.writeString(git, "#!/bin/sh\n" + stamp + "\nexec " + realGit() + " \"$@\"\n");
    Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> wrapped = Map.of("PATH", tools + ":" + System.getenv("PATH"));
    spread("command of all (git)", latencies(marks.resolve("stamp"), "true", wrapped));
    spread("step, after git's fetch and checkout", latencies(marks.resolve("stamp"), stamp, Map.of()));
    say("");
  }

  private static String realGit() throws IOException {
    for (String folder : System.getenv("PATH").split(":")) {
      Path git = Path.of(folder, "git");
      if (Files.isExecutable(git)) {
        return git.toString();
      }
    }
    throw new IOException("there is no git");
  }

  private List<Double> latencies(Path stamp, String step, Map<String, String> environment)
      throws Exception {
    Sample sample = new Sample(directory.resolve("sample.git"));
    List<Double> millis = new ArrayList<>();
    String deployment = deployment("site", Sample.NAME, sample.url(), step);
    try (Host host = new Host(directory.resolve("host"), "all", deployment, environment)) {
      host.ready();
      int warmUp = 5;
      for (int i = 0; i < warmUp + (quick ? 10 : 100); i++) {
        byte[] push = sample.push();
        Path done = host.directory.resolve("state/logs/site/" + (i + 1) + ".ndjson");
        Files.deleteIfExists(stamp);
        Instant accepted = host.load(push).once();
        await(() -> Files.exists(stamp) && Files.size(stamp) > 18, host);
        long nanos = Long.parseLong(Files.readAllLines(stamp).getFirst());
        await(() -> Files.exists(done) && Files.readString(done).contains("\"completed\""), host);
        if (i >= warmUp) {
          millis.add((nanos - accepted.getEpochSecond() * 1_000_000_000L - accepted.getNano()) / 1e6);
        }
      }
    }
    return millis;
  }

  private static void await(Host.Condition condition, Host host) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IOException("nothing was deployed: " + host.log());
      }
      Thread.sleep(1);
    }
  }

  private void startUp() throws Exception {
    say("## Start-up");
    say("");
    say("From the start of `./slipway serve`, the launcher included.");
    say("");
    say("| deployments | to | median ms | p99 ms | max ms |");
    say("|---|---|---|---|---|");
    for (int count : new int[] {1, 50}) {
      List<Double> accepted = new ArrayList<>();
      List<Double> ready = new ArrayList<>();
      for (int i = 0; i < (quick ? 3 : 11); i++) {
        try (Host host = new Host(directory.resolve("host"), "all", deployments(count), Map.of())) {
          accepted.add(host.firstAccepted(payload));
          ready.add(host.ready());
        }
      }
      spread(count + " | first accepted event", accepted);
      spread(count + " | ready", ready);
    }
    say("");
  }

  private void memory() throws Exception {
    say("## Memory");
    say("");
    say("Resident (PSS) of an idle process, %d s after its start.", seconds(20));
    say("");
    say("| process | deployments | MiB |");
    say("|---|---|---|");
    for (int count : new int[] {1, 10, 50}) {
      try (Host host = new Host(directory.resolve("host"), "all", deployments(count), Map.of())) {
        host.ready();
        Thread.sleep(Duration.ofSeconds(seconds(20)));
        say("| `--role all` | %d | %.0f |", count, host.residentMiB());
      }
    }
    for (String role : List.of("intake", "all")) {
      try (Host host = new Host(directory.resolve("host"), role, deployments(10), Map.of())) {
        host.firstAccepted(payload);
        Thread.sleep(Duration.ofSeconds(seconds(20)));
        double idle = host.residentMiB();
        Load load = host.load(payload);
        load.run(64, seconds(15));
        if (role.equals("all")) {
          host.routed();
        }
        Thread.sleep(Duration.ofSeconds(seconds(20)));
        say("| `--role %s`, idle | 10 | %.0f |", role, idle);
        say(
            "| `--role %s`, after a burst of %d events | 10 | %.0f |",
            role, load.sent(), host.residentMiB());
      }
    }
    say("");
  }

  /** Queues as a long outage leaves them. */
  private void backlogs() throws Exception {
    say("## Backlogs");
    say("");
    say("Waiting at the start: events that nobody has routed, or entries of one deployment.");
    say("");
    say("| waiting | ready ms | MiB, then | first worked off ms | worked off/s | MiB, meanwhile |");
    say("|---|---|---|---|---|---|");
    for (int count : quick ? new int[] {0, 20_000} : new int[] {0, 20_000, 100_000}) {
      unrouted(count);
    }
    for (int count : quick ? new int[] {2_000, 20_000} : new int[] {2_000, 20_000, 100_000}) {
      routed(count);
    }
    say("");
  }

  private void unrouted(int count) throws Exception {
    try (Host host =
        new Host(
            directory.resolve("host"),
            "all",
            void_(),
            Map.of(),
            backlog -> backlog.unrouted(count, "bench/nobody", "0".repeat(40)))) {
      Pace pace = new Pace(host, "dispatcher", count);
      double ready = host.ready();
      double first = pace.untilLess(count);
      double start = host.residentMiB();
      double rate = pace.rate(count, Integer.MAX_VALUE);
      say("| %d unrouted | %.0f | %.0f | %.0f | %.0f | %.0f |", count, ready, start, first, rate, host.residentMiB());
    }
  }

  /** Held back first, so that the start is seen by itself; then let go. */
  private void routed(int count) throws Exception {
    Sample sample = new Sample(directory.resolve("sample.git"));
    sample.push();
    String deployment = deployment("site", Sample.NAME, sample.url(), "true");
    try (Host host =
        new Host(
            directory.resolve("host"),
            "all",
            deployment,
            Map.of(),
            backlog -> {
              backlog.routed("site", count, Sample.NAME, sample.tip());
              backlog.pause("site");
            })) {
      double ready = host.ready();
      Thread.sleep(Duration.ofSeconds(seconds(20)));
      double idle = host.residentMiB();
      host.backlog().resume("site");
      Pace pace = new Pace(host, "site", count);
      double first = pace.untilLess(count);
      double rate = pace.rate(count, seconds(30));
      say("| %d of a deployment | %.0f | %.0f | %.0f | %.0f | %.0f |", count, ready, idle, first, rate, host.residentMiB());
    }
  }

  private String deployments(int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(deployment("site-" + i, "bench/site-" + i, "file:///nonexistent", "true"));
    }
    return all.toString();
  }

  private int seconds(int usual) {
    return quick ? Math.max(1, usual / 5) : usual;
  }

  private static void spread(String name, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    say(
        "| %s | %.1f | %.1f | %.1f |",
        name,
        sorted.get(sorted.size() / 2),
        sorted.get((int) ((sorted.size() - 1) * 0.99)),
        sorted.getLast());
  }

  private static void say(String line, Object... values) {
    System.out.printf(Locale.ROOT, line + "%n", values);
  }
}
