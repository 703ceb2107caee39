package dev.slipway.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program, run by this Java with the options that the launcher gives, and with a class
 * archive of its own, since it is started dozens of times.
 */
final class Program {
  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path JAR = BASE.resolve("target/slipway.jar");
  private static final Path ARCHIVE = BASE.resolve("target/system-tests.jsa");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Program() {}

  private static final class Java {
    static final List<String> COMMAND = command();

    private static List<String> command() {
      try {
        List<String> options = launcherOptions();
        if (!isNewer(ARCHIVE, JAR)) {
          train(options);
        }
        if (Files.exists(ARCHIVE)) {
          options.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        options.addAll(List.of("-jar", JAR.toString()));
        return List.copyOf(options);
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException("the program cannot be started", failed);
      }
    }
  }

  private static List<String> launcherOptions() throws IOException {
    Matcher options =
        Pattern.compile("(?m)^options=\"([^\"]*)\"")
            .matcher(Files.readString(BASE.resolve("slipway")));
    if (!options.find()) {
      throw new IOException("the launcher names no options");
    }
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(options.group(1).strip().split("\\s+")));
    return words;
  }

  private static boolean isNewer(Path file, Path than) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
  }

  /**
   * Writes down the classes that a daemon loads until it has deployed; without them it is slower.
   */
  private static void train(List<String> options) throws IOException, InterruptedException {
    Files.deleteIfExists(ARCHIVE);
    try (Host host = Host.create()) {
      SampleRepository repository = host.repository("example/training");
      host.deployment("training", repository, "steps = [\"true\"]");
      Delivery push = Delivery.push(repository, repository.commit());
      host.state().drop("dispatcher", "push.json", push.entry());
      List<String> words = new ArrayList<>(options);
      words.add("-XX:ArchiveClassesAtExit=" + ARCHIVE);
      words.addAll(List.of("-jar", JAR.toString(), "serve", "--config", host.config().toString()));
      Path log = host.directory().resolve("log");
      Process process =
          new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try {
        Until.holds(
            "the training run deploys",
            () -> !process.isAlive() || Files.readString(log).contains("state=succeeded"));
      } finally {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
  }

  /**
   * Starts it.
   *
   * @param environment all that it gets, but for the PATH and a locale
   */
  static Process start(
      Path directory, Map<String, String> environment, Path out, Path err, List<String> words)
      throws IOException {
    return start(List.of(), directory, environment, out, err, words);
  }

  /**
   * Starts it by another program, which gives it less of something.
   *
   * @param wrapper that program and its arguments; it executes the words that follow them
   */
  static Process start(
      List<String> wrapper,
      Path directory,
      Map<String, String> environment,
      Path out,
      Path err,
      List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(Java.COMMAND);
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("LANG", "C.UTF-8");
    builder.environment().putAll(environment);
    return builder
        .redirectInput(new java.io.File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
        .start();
  }

  /** What a command said, and ended with. */
  record Finished(int code, String out, String err) {}

  /** Runs a command to its end. */
  static Finished run(Path directory, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "command", ".out");
    Path err = Files.createTempFile(directory, "command", ".err");
    Process process = start(directory, environment, out, err, words);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("a command does not end: " + words);
    }
    return new Finished(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
