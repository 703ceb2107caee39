package dev.slipway.checkout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The command line by which git calls ssh, {@code GIT_SSH_COMMAND}: it never asks anything,
 * believes known host keys only, and gives up on a peer that is silent.
 *
 * <p>Three readers take it apart: git's shell, ssh's list of files (blanks and double quotes) and
 * ssh's percent tokens. Each gets its own quoting.
 */
final class GitSsh {
  private static final String USERS_OWN = "~/.ssh/known_hosts";

  private GitSsh() {}

  /**
   * The command for one repository.
   *
   * @param pinned the file of GitHub's host keys, the only ones believed of GitHub itself
   */
  static String command(GitUrl url, Optional<Path> key, Path pinned) {
    String files = url.isGitHub() ? listed(pinned) : listed(pinned) + " " + USERS_OWN;
    List<String> words = new ArrayList<>(List.of("ssh"));
    option(words, "BatchMode=yes");
    option(words, "ConnectTimeout=15");
    option(words, "ServerAliveInterval=15");
    option(words, "ServerAliveCountMax=4");
    option(words, "StrictHostKeyChecking=yes");
    option(words, "UserKnownHostsFile=" + files);
    key.ifPresent(file -> {
      // Not -i, which looks for the file before it takes %% for %.
      option(words, "IdentityFile=" + listed(file));
      option(words, "IdentitiesOnly=yes");
    });
    return words.stream().map(GitSsh::quotedForShell).collect(Collectors.joining(" "));
  }

  private static void option(List<String> words, String option) {
    words.add("-o");
    words.add(option);
  }

  private static String listed(Path file) {
    String escaped = file.toString().replace("%", "%%").replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped + '"';
  }

  private static String quotedForShell(String word) {
    boolean plain =
        word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-=/._".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
