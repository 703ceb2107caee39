package dev.slipway.plan;

import java.util.List;
import java.util.stream.Collectors;

/** A command as the configuration gives it: one line for a shell, or words without one. */
public sealed interface Command {
  /** The words to execute. */
  List<String> words();

  /** The command as an operator wrote it. */
  String describe();

  /** Runs under {@code /bin/sh -c}. */
  record Shell(String line) implements Command {
    public Shell {
      if (line.isBlank()) {
        throw new IllegalArgumentException("a step's command must not be empty");
      }
    }

    @Override
    public List<String> words() {
      return List.of("/bin/sh", "-c", line);
    }

    @Override
    public String describe() {
      return line;
    }
  }

  /** Runs without a shell; every word is passed as it stands. */
  record Words(List<String> words) implements Command {
    public Words {
      words = List.copyOf(words);
      if (words.isEmpty() || words.getFirst().isEmpty()) {
        throw new IllegalArgumentException("a step's command must not be empty");
      }
    }

    @Override
    public String describe() {
      return words.stream()
          .map(word ->
              word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)
                  ? "'" + word + "'"
                  : word)
          .collect(Collectors.joining(" "));
    }
  }
}
