package dev.slipway.cli;

import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import dev.slipway.process.Cancellation;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.Processes;
import dev.slipway.process.RealProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A scratch directory with all that a demonstration needs: a bare repository that stands for the
 * one at GitHub, a clone of it to work in, and a configuration. Removed when closed.
 */
final class DemoGround implements AutoCloseable {
  static final String SLUG = "hello";
  static final String REPOSITORY = "demo/hello";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String PAGE =
      """
      <!doctype html>
      <title>Slipway</title>
      <h1>Hello from Slipway</h1>
      <p>This is release @RELEASE@, commit @COMMIT@.
      """;

  private static final String BUILD =
      """
      set -eu
      echo "building release $SLIPWAY_RELEASE of $SLIPWAY_DEPLOYMENT"
      mkdir -p public
      sed -e "s/@RELEASE@/$SLIPWAY_RELEASE/" -e "s/@COMMIT@/$SLIPWAY_COMMIT/" page.html \\
        > public/index.html
      echo "public/index.html is ready"
      """;

  private final Disk disk = new RealDisk();
  private final Processes processes = new RealProcesses();
  private final Path root;
  private final String secret;

  private DemoGround(Path root, String secret) {
    this.root = root;
    this.secret = secret;
  }

  /** Makes it, in a fresh directory below {@code parent}. */
  static DemoGround make(Path parent, String program) throws IOException, InterruptedException {
    byte[] random = new byte[20];
    new SecureRandom().nextBytes(random);
    String hex = HexFormat.of().formatHex(random);
    DemoGround ground = new DemoGround(parent.resolve("slipway-demo-" + hex.substring(0, 8)), hex);
    boolean made = false;
    try {
      ground.fill(program);
      made = true;
      return ground;
    } finally {
      if (!made) {
        ground.close();
      }
    }
  }

  Path config() {
    return root.resolve("slipway.toml");
  }

  Path work() {
    return root.resolve("work");
  }

  Path page() {
    return root.resolve("site/public/index.html");
  }

  Path log() {
    return root.resolve("slipway.log");
  }

  String secret() {
    return secret;
  }

  /** The commit that the sample's branch points to. */
  String commit() throws IOException, InterruptedException {
    return git(work(), "rev-parse", "HEAD").getFirst();
  }

  private void fill(String program) throws IOException, InterruptedException {
    disk.createDirectories(work());
    write(config(), configuration());
    Path bare = root.resolve("hello.git");
    git(root, "-c", "init.defaultBranch=main", "init", "--quiet", "--bare", bare.toString());
    git(work(), "-c", "init.defaultBranch=main", "init", "--quiet");
    git(work(), "config", "user.name", "Slipway demo");
    git(work(), "config", "user.email", "demo@example.org");
    git(work(), "remote", "add", "origin", bare.toUri().toString());
    write(work().resolve("page.html"), PAGE);
    write(work().resolve("build.sh"), BUILD);
    git(work(), "add", ".");
    git(work(), "commit", "--quiet", "-m", "A page");
    git(work(), "push", "--quiet", "-u", "origin", "main");
    // From now on a push to the sample does what GitHub's webhook does for a real one.
    Path hook = bare.resolve("hooks/post-receive");
    disk.delete(hook);
    write(
        hook,
        "#!/bin/sh\nunset GIT_DIR\nexec '%s' deploy %s --config '%s'\n"
            .formatted(program, SLUG, config()));
    run(root, List.of("chmod", "+x", hook.toString()));
  }

  private String configuration() {
    return """
    state_dir = "%1$s/state"
    shutdown_grace = "1s"
    min_free_disk = "0B"

    [listen]
    port = 0

    [admin]
    port = 0

    [github]
    webhook_secrets = ["%2$s"]

    [deployments.hello]
    repository = "demo/hello"
    branch = "main"
    url = "file://%1$s/hello.git"
    path = "%1$s/site"
    steps = ["sh build.sh"]
    """
        .formatted(root, secret);
  }

  private void write(Path file, String text) throws IOException {
    disk.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
    disk.stage(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> git(Path directory, String... words)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("git"));
    all.addAll(List.of(words));
    return run(directory, all);
  }

  private List<String> run(Path directory, List<String> words)
      throws IOException, InterruptedException {
    List<String> output = new ArrayList<>();
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    Exit exit =
        processes.run(
            new Launch(words, directory, environment, LIMIT),
            (stream, text) -> output.add(text),
            new Cancellation());
    if (!exit.succeeded()) {
      throw new IOException(
          "%s %s%n%s".formatted(words.getFirst(), exit.describe(), String.join("\n", output)));
    }
    return output;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run(Path.of("/"), List.of("rm", "-rf", "--", root.toString()));
  }
}
