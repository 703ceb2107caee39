package dev.slipway.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param words the program and its arguments, none of which a shell sees
 * @param directory its working directory
 * @param environment all of its environment, nothing is inherited
 * @param timeout after which its process group is ended
 */
public record Launch(
    List<String> words, Path directory, Map<String, String> environment, Duration timeout) {
  public Launch {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a program to run is missing");
    }
  }
}
