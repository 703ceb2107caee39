package dev.slipway.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A git repository under a {@code file://} address, with one line of commits on {@code main}, each
 * of which holds a {@code page} of its own. Many commits are made at once by git fast-import. One
 * thread.
 */
final class SampleRepository {
  private final Path directory;
  private final String name;
  private int commits;

  private SampleRepository(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /** An empty one, which GitHub would call {@code name}. */
  static SampleRepository create(Path directory, String name)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    SampleRepository repository = new SampleRepository(directory, name);
    repository.git("init", "--quiet", "--bare", "--template=", "--initial-branch=main");
    return repository;
  }

  String name() {
    return name;
  }

  String url() {
    return "file://" + directory;
  }

  /** One more commit on {@code main}. */
  String commit() throws IOException, InterruptedException {
    return commits(1).getFirst();
  }

  /** More commits on {@code main}, oldest first. */
  List<String> commits(int count) throws IOException, InterruptedException {
    return commits(count, "main");
  }

  /** More commits on a branch, which begins at {@code main} where it is new. */
  List<String> commits(int count, String branch) throws IOException, InterruptedException {
    StringBuilder stream = new StringBuilder();
    Optional<String> tip = tip(branch).or(() -> tip("main"));
    for (int i = 1; i <= count; i++) {
      commits++;
      String page = "page " + commits + "\n";
      stream.append("commit refs/heads/%s\nmark :%d\n".formatted(branch, i));
      stream.append(
          "committer Ann Example <ann@example.org> %d +0000\n".formatted(1_700_000_000 + commits));
      stream.append("data <<END\nchange page %d\nEND\n".formatted(commits));
      if (i == 1) {
        tip.ifPresent(commit -> stream.append("from ").append(commit).append('\n'));
      }
      stream.append("M 100644 inline page\ndata %d\n%s\n".formatted(page.length(), page));
    }
    Path marks = directory.resolveSibling(directory.getFileName() + ".marks");
    run(stream.toString(), "fast-import", "--quiet", "--export-marks=" + marks);
    String[] made = new String[count];
    for (String line : Files.readAllLines(marks)) {
      String[] words = line.split(" ", 2);
      made[Integer.parseInt(words[0].substring(1)) - 1] = words[1];
    }
    return List.of(made);
  }

  private Optional<String> tip(String branch) {
    try {
      return git("for-each-ref", "--format=%(objectname)", "refs/heads/" + branch)
          .lines()
          .findFirst();
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What a commit's {@code page} holds. */
  String page(String commit) throws IOException, InterruptedException {
    return git("cat-file", "blob", commit + ":page");
  }

  String git(String... arguments) throws IOException, InterruptedException {
    return run("", arguments);
  }

  private String run(String input, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("git", "-C", directory.toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("HOME", "/nonexistent");
    Path err = directory.resolveSibling(directory.getFileName() + ".err");
    Process process = builder.redirectError(err.toFile()).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(words + ": " + Files.readString(err));
    }
    return out;
  }
}
