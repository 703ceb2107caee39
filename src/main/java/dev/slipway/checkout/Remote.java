package dev.slipway.checkout;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.process.Cancellation;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks repositories what a reference names there now, by {@code git ls-remote}: nothing is fetched
 * and nothing on this host is read or changed. Any thread.
 */
public final class Remote {
  /** How long a repository may take to answer. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private final Git git;
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param directory where git runs: any folder that is in no checkout
   * @param environment the base of git's own: PATH, HOME and the like
   */
  public Remote(Git git, Path directory, Map<String, String> environment) {
    this.git = git;
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** What a repository answered. */
  public sealed interface Answer {
    /** The reference names this commit. */
    record Tip(CommitId commit) implements Answer {}

    /** The repository has no such reference. */
    record NoSuchRef() implements Answer {}

    /** There was no answer; {@code reason} is for an operator, without its full stop. */
    record Unreachable(String reason) implements Answer {}
  }

  /** Asks for one reference; answers within {@link #LIMIT}. Interruptible. */
  public Answer ask(Origin origin, GitRef ref) throws InterruptedException {
    CheckoutSurroundings surroundings =
        new CheckoutSurroundings(
            environment,
            (stream, text) -> {},
            note -> {},
            new Cancellation(),
            Deadline.after(LIMIT));
    try {
      List<String> lines =
          git.reach(
              origin,
              directory,
              List.of("ls-remote", "--refs", "--", origin.url(), ref.value()),
              surroundings);
      return answer(lines, ref);
    } catch (GitFailed failed) {
      return new Answer.Unreachable(
          failed.cause() == Cause.TIMED_OUT
              ? origin.url() + " did not answer within " + LIMIT.toSeconds() + " seconds"
              : failed.refused().reason());
    }
  }

  /** A line is a commit, a tab, a reference; git also lists references that only end so. */
  private static Answer answer(List<String> lines, GitRef ref) {
    for (String line : lines) {
      String[] words = line.split("\t", 2);
      if (words.length == 2 && words[1].equals(ref.value())) {
        try {
          return new Answer.Tip(new CommitId(words[0]));
        } catch (IllegalArgumentException malformed) {
          return new Answer.Unreachable("git ls-remote names no commit for " + ref);
        }
      }
    }
    return new Answer.NoSuchRef();
  }
}
