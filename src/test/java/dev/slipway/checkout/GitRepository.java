package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.process.Cancellation;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.Output;
import dev.slipway.process.RealProcesses;
import dev.slipway.vocabulary.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real git repository with files of its own, to be cloned from by its {@code file://} address.
 * Needs no configuration of the user's. One thread.
 */
public final class GitRepository {
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("PATH", System.getenv("PATH")),
          Map.entry("HOME", "/nonexistent"),
          Map.entry("LC_ALL", "C.UTF-8"),
          Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
          Map.entry("GIT_AUTHOR_NAME", "A. Author"),
          Map.entry("GIT_AUTHOR_EMAIL", "author@example.org"),
          Map.entry("GIT_COMMITTER_NAME", "A. Author"),
          Map.entry("GIT_COMMITTER_EMAIL", "author@example.org"));

  private final Path directory;

  private GitRepository(Path directory) {
    this.directory = directory;
  }

  /** Creates one whose branch {@code main} has no commit yet. */
  public static GitRepository create(Path directory) throws Exception {
    Files.createDirectories(directory);
    GitRepository repository = new GitRepository(directory);
    repository.git("init", "--quiet", "--template=", "--initial-branch=main");
    return repository;
  }

  /** The address to clone from. */
  public String url() {
    return "file://" + directory;
  }

  public Path directory() {
    return directory;
  }

  /** Commits one file with this content to the current branch. */
  public CommitId commit(String file, String content) throws Exception {
    write(directory.resolve(file), content);
    String script = "git add -A && git commit -q -m \"$1\" && git rev-parse HEAD";
    return new CommitId(run("sh", "-c", script, "sh", "change " + file).getFirst());
  }

  /** Goes to a branch, which begins at the current commit if it is new. */
  public void branch(String name) throws Exception {
    git("checkout", "-q", "-B", name);
  }

  public void tag(String name) throws Exception {
    git("tag", "--", name);
  }

  /** Makes the current branch end at an earlier commit, as a force-push does. */
  public void resetTo(CommitId commit) throws Exception {
    git("reset", "-q", "--hard", commit.value());
  }

  /** Runs any git command in it; answers the lines of its standard output. */
  public List<String> git(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    return run(words.toArray(String[]::new));
  }

  private List<String> run(String... words) throws Exception {
    return run(directory, words);
  }

  /** Runs git in any folder, such as a checkout. */
  public static List<String> gitIn(Path directory, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    return run(directory, words.toArray(String[]::new));
  }

  private static List<String> run(Path directory, String... words) throws Exception {
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    Exit exit =
        new RealProcesses()
            .run(
                new Launch(List.of(words), directory, ENVIRONMENT, Duration.ofMinutes(1)),
                (stream, text) -> (stream == Output.Stream.STDOUT ? out : err).add(text),
                new Cancellation());
    assertEquals(new Exit.Code(0), exit, () -> String.join(" ", words) + ": " + err);
    return out;
  }

  /** Puts one of its objects, by what git calls it, into another repository's store. */
  void giveObject(String name, Path store) throws Exception {
    String id = git("rev-parse", name).getFirst();
    Path place = Path.of(id.substring(0, 2), id.substring(2));
    Path to = store.resolve("objects").resolve(place);
    Files.createDirectories(store.resolve("objects").resolve(id.substring(0, 2)));
    Files.copy(directory.resolve(".git/objects").resolve(place), to);
  }

  static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
