package dev.slipway.checkout;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.Output;
import dev.slipway.process.Processes;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program {@code git} of this host, 2.30 or newer, found on the PATH of the environment it is
 * given. Keeps nothing between calls; any thread.
 */
public final class Git {
  private final Processes processes;
  private final Path knownHosts;

  /**
   * @param knownHosts GitHub's host keys, from {@link GitKnownHosts#install}
   */
  public Git(Processes processes, Path knownHosts) {
    this.processes = processes;
    this.knownHosts = knownHosts;
  }

  /** Keeps standard output, and the end of standard error, which also goes to the log. */
  private static final class Heard implements Output {
    private static final int MOST_LINES = 10_000;
    private static final int LAST_LINES = 100;

    private final Output log;
    private final List<String> stdout = new ArrayList<>();
    private final Deque<String> stderr = new ArrayDeque<>();

    Heard(Output log) {
      this.log = log;
    }

    List<String> said() {
      return List.copyOf(stderr);
    }

    @Override
    public void line(Stream stream, String text) {
      switch (stream) {
        case STDOUT -> {
          if (stdout.size() < MOST_LINES) {
            stdout.add(text);
          }
        }
        case STDERR -> {
          keep(text);
          log.line(stream, text);
        }
      }
    }

    @Override
    public void piece(Stream stream, String text) {
      switch (stream) {
        case STDOUT -> line(stream, text);
        case STDERR -> {
          keep(text);
          log.piece(stream, text);
        }
      }
    }

    private void keep(String text) {
      if (stderr.size() == LAST_LINES) {
        stderr.removeFirst();
      }
      stderr.addLast(text);
    }
  }

  /** Runs a command that stays on this host; answers the lines of its standard output. */
  List<String> run(Path directory, List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    return run(directory, GitSettings.local(), Optional.empty(), arguments, surroundings);
  }

  /** Runs a command that writes the files of a tree. */
  List<String> write(Path directory, List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    GitSettings settings = GitSettings.local().writingFiles(surroundings.environment());
    return run(directory, settings, Optional.empty(), arguments, surroundings);
  }

  /** Runs a command that speaks to the repository. */
  List<String> reach(
      Origin origin, Path directory, List<String> arguments, CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    GitSettings settings = GitSettings.towards(origin, knownHosts);
    return run(directory, settings, Optional.of(origin.url()), arguments, surroundings);
  }

  private List<String> run(
      Path directory,
      GitSettings settings,
      Optional<String> url,
      List<String> arguments,
      CheckoutSurroundings surroundings)
      throws GitFailed, InterruptedException {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(settings.options());
    words.addAll(arguments);
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    // What a shell that started the daemon may have set must not point git elsewhere.
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.putAll(settings.environment());
    if (directory.getParent() != null) {
      environment.put("GIT_CEILING_DIRECTORIES", directory.getParent().toString());
    }
    Launch launch = new Launch(words, directory, environment, surroundings.deadline().remaining());
    Heard heard = new Heard(surroundings.output());
    Exit exit = processes.run(launch, heard, surroundings.cancellation());
    String name = "git " + command(arguments);
    return switch (exit) {
      // A forced checkout passes over trees that it cannot read, and calls that a success.
      case Exit.Code(int code) when code == 0 && !GitFailed.missesObject(heard.said()) ->
          heard.stdout;
      case Exit.Code(int code) -> throw GitFailed.of(name, url, code, heard.said());
      case Exit.TimedOut timedOut ->
          throw new GitFailed(
              Cause.TIMED_OUT, name + " was ended: the deployment's time limit is over");
      case Exit.Cancelled cancelled ->
          throw new GitFailed(
              Cause.CANCELLED,
              "cancelled: " + surroundings.cancellation().reason().orElse("on request"));
      case Exit.NotStarted(String reason) ->
          throw new GitFailed(Cause.GIT, "git could not be started: " + reason);
    };
  }

  private static String command(List<String> arguments) {
    return arguments.stream().filter(word -> !word.startsWith("-")).findFirst().orElse("");
  }
}
