import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare git repository with one line of commits on {@code main}, and the pushes of them. */
final class Sample {
  static final String NAME = "bench/site";

  private final Path directory;
  private String tip = "0".repeat(40);
  private int commits;

  Sample(Path directory) throws Exception {
    this.directory = directory;
    Host.remove(directory);
    Files.createDirectories(directory);
    git("init", "--quiet", "--bare", "--initial-branch=main");
  }

  String url() {
    return "file://" + directory;
  }

  /** The newest commit. */
  String tip() {
    return tip;
  }

  /** Commits to {@code main}; answers the payload of the push. */
  byte[] push() throws Exception {
    commits++;
    String tree = git("mktree");
    List<String> words = new ArrayList<>(List.of("commit-tree", tree, "-m", "change " + commits));
    if (commits > 1) {
      words.addAll(List.of("-p", tip));
    }
    String commit = git(words.toArray(String[]::new));
    git("update-ref", "refs/heads/main", commit);
    String payload =
        """
        {"ref":"refs/heads/main","before":"%s","after":"%s","created":false,"deleted":false,
         "forced":false,"base_ref":null,"compare":"","commits":[],
         "head_commit":{"id":"%2$s","message":"change","timestamp":"2026-11-21T10:00:00Z",
          "author":{"name":"Ann Example","email":"ann@example.org"},"added":[],"removed":[],
          "modified":[]},
         "repository":{"id":1,"name":"site","full_name":"%s","private":false},
         "pusher":{"name":"ann"},"sender":{"login":"ann","id":1}}
        """
            .formatted(tip, commit, NAME);
    tip = commit;
    return payload.getBytes(StandardCharsets.UTF_8);
  }

  private String git(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(
        Map.of(
            "GIT_AUTHOR_NAME", "Ann Example",
            "GIT_AUTHOR_EMAIL", "ann@example.org",
            "GIT_COMMITTER_NAME", "Ann Example",
            "GIT_COMMITTER_EMAIL", "ann@example.org"));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(words + " failed");
    }
    return out.strip();
  }
}
