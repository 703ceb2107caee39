package dev.slipway.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of {@code slipway serve}. Any thread. */
final class Daemon {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("IntakeSide listening address=(\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final String secret;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private Optional<URI> address = Optional.empty();

  private Daemon(Process process, Path log, String secret) {
    this.process = process;
    this.log = log;
    this.secret = secret;
  }

  static Daemon start(
      Path directory, Path log, String secret, Map<String, String> environment, List<String> words)
      throws IOException {
    return start(List.of(), directory, log, secret, environment, words);
  }

  /** Starts it by another program, as {@link Program#start} does. */
  static Daemon start(
      List<String> wrapper,
      Path directory,
      Path log,
      String secret,
      Map<String, String> environment,
      List<String> words)
      throws IOException {
    Files.writeString(log, "");
    return new Daemon(Program.start(wrapper, directory, environment, log, log, words), log, secret);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All that it said. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** Waits until it has said this. */
  Daemon said(String text) {
    Until.holds("the daemon says " + text, () -> log().contains(text));
    return this;
  }

  /** Where it listens; waits until it does. */
  synchronized URI address() {
    if (address.isEmpty()) {
      Until.holds("the daemon listens", () -> !isAlive() || LISTENING.matcher(read()).find());
      Matcher listening = LISTENING.matcher(read());
      if (!listening.find()) {
        throw new AssertionError("the daemon ended with " + process.exitValue() + ": " + read());
      }
      address = Optional.of(URI.create(listening.group(1)));
    }
    return address.get();
  }

  private String read() {
    try {
      return log();
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  /** An answer. */
  record Answer(int status, String body, Map<String, List<String>> headers) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address().resolve(path)).GET());
  }

  /** Posts a delivery, rightly signed. */
  Answer post(Delivery delivery) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address().resolve("/github-webhook"))
            .header("Content-Type", "application/json")
            .header("User-Agent", "GitHub-Hookshot/044aadd")
            .header("X-GitHub-Event", delivery.event())
            .header("X-GitHub-Delivery", delivery.id())
            .header("X-Hub-Signature-256", delivery.signature(secret))
            .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.bytes())));
  }

  /** Posts a delivery that must be accepted; answers its entry's name. */
  String deliver(Delivery delivery) throws IOException, InterruptedException {
    Answer answer = post(delivery);
    if (answer.status() != 202) {
      throw new AssertionError("not accepted: " + answer);
    }
    return answer.json().get("entry").asText();
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response.headers().map());
  }

  /** Waits until it says that it is ready. */
  Daemon ready() {
    Until.holds("the daemon is ready", () -> get("/readyz").status() == 200);
    return this;
  }

  /** Ends it as a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends it a signal, such as {@code HUP}. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("no process takes the signal " + name);
    }
  }

  /** Waits for its end and answers its exit code. */
  int awaitEnd() throws InterruptedException {
    return awaitEnd(PATIENCE);
  }

  /** Waits for its end, which was promised within a time, and answers its exit code. */
  int awaitEnd(Duration promised) throws InterruptedException {
    if (!process.waitFor(promised.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the daemon does not end within " + promised);
    }
    return process.exitValue();
  }

  /** Asks it to end, by SIGTERM; does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Asks it to end and answers its exit code. */
  int stop() throws InterruptedException {
    terminate();
    return awaitEnd();
  }
}
