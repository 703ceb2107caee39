package dev.slipway.deploy;

import dev.slipway.process.Launch;
import dev.slipway.process.ScriptedProcesses.Script;
import dev.slipway.vocabulary.CommitId;
import java.util.List;

/**
 * A git whose history is one line: commit 1, commit 2, and so on, all of them always at hand. It
 * does nothing and succeeds, but knows which commit lies behind which.
 */
final class FakeGit {
  private FakeGit() {}

  /** The commit of this number. */
  static CommitId commit(int number) {
    return new CommitId("%040x".formatted(number));
  }

  static boolean isGit(Launch launch) {
    return launch.words().getFirst().equals("git");
  }

  static Script answer(Launch launch) {
    List<String> words = launch.words();
    if (words.contains("merge-base")) {
      String commit = words.getLast();
      String elder = words.get(words.size() - 2);
      return Script.exits(elder.compareTo(commit) <= 0 ? 0 : 1);
    }
    // Every reference leads to the seventh commit.
    return words.contains("rev-parse")
        ? Script.exits(0).printing(commit(7).value())
        : Script.exits(0);
  }
}
