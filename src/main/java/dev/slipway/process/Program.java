package dev.slipway.process;

import dev.slipway.vocabulary.Quoted;
import java.io.File;
import java.util.Map;

/**
 * Which file a launch executes, by the rules of execvp(3) on the <i>launch's own</i> PATH; and what
 * to tell an operator when there is none.
 */
sealed interface Program {
  /** The search path where the environment has no PATH. */
  String DEFAULT_PATH = "/usr/bin:/bin";

  /** There is no descriptor left. */
  String TOO_MANY_FILES = "the daemon has too many files open";

  /** The file, by its absolute name. */
  record Found(String file) implements Program {}

  /** Why nothing can be executed. */
  record Missing(String reason) implements Program {}

  /** Looks the first word up; also finds what no system call would take. */
  static Program of(Launch launch) {
    String word = launch.words().getFirst();
    if (launch.words().stream().anyMatch(Program::holdsNul)) {
      return new Missing("an argument holds a NUL character");
    }
    for (Map.Entry<String, String> variable : launch.environment().entrySet()) {
      String name = variable.getKey();
      if (name.isEmpty() || name.indexOf('=') >= 0 || holdsNul(name)) {
        return new Missing("an environment variable cannot be named " + Quoted.of(name));
      }
      if (holdsNul(variable.getValue())) {
        return new Missing("the environment variable " + name + " holds a NUL character");
      }
    }
    if (!launch.directory().toFile().isDirectory()) {
      return new Missing("its directory " + launch.directory() + " does not exist");
    }
    return word.indexOf('/') >= 0 ? at(word, launch) : onPath(word, launch);
  }

  private static Program at(String word, Launch launch) {
    File file = in(launch.directory().toFile(), word);
    if (file.isFile()) {
      return file.canExecute() ? found(file) : notExecutable(word);
    }
    return file.exists() ? new Missing(word + " is not a file") : new Missing(word + " not found");
  }

  private static Program onPath(String word, Launch launch) {
    String path = launch.environment().getOrDefault("PATH", DEFAULT_PATH);
    boolean seen = false;
    if (!word.isEmpty()) {
      for (String folder : path.split(":", -1)) {
        File file = new File(in(launch.directory().toFile(), folder), word);
        if (file.isFile() && file.canExecute()) {
          return found(file);
        }
        seen |= file.isFile();
      }
    }
    String name = word.isEmpty() ? "\"\"" : word;
    return seen ? notExecutable(name) : new Missing(name + " not found on the PATH " + path);
  }

  private static File in(File directory, String name) {
    return name.startsWith("/") ? new File(name) : new File(directory, name);
  }

  private static Program found(File file) {
    return new Found(file.getAbsolutePath());
  }

  private static Program notExecutable(String word) {
    return new Missing(word + " is not executable");
  }

  private static boolean holdsNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  /** Whether it is about something that there may be more of in a moment. */
  static boolean isScarcity(int error) {
    return error == 11 || error == 12 || error == 23 || error == 24;
  }

  /** What an error of posix_spawn(3) means, as the end of a sentence. */
  static String meaning(String word, int error) {
    return switch (error) {
      case 1, 13 -> word + " is not executable: permission denied";
      case 2 -> word + " not found, or the interpreter that its first line names";
      case 7 -> "its arguments and its environment are too long";
      case 8 -> word + " is no program that this machine can execute";
      case 11, 12 -> "the system has no room for another process";
      case 23, 24 -> TOO_MANY_FILES;
      case 26 -> word + " is just being written";
      default -> "the system refuses, error " + error;
    };
  }
}
