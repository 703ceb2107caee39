package dev.slipway.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration depends on beside its files.
 *
 * @param environment the environment variables
 * @param workingDirectory absolute; relative names from the command line and from variables are
 *     taken from it
 * @param home the checkout or installation that the program runs from
 * @param cores how many processors there are, 1 or more
 */
public record Surroundings(
    Map<String, String> environment, Path workingDirectory, Optional<Path> home, int cores) {
  /** The system property that names the checkout or installation. */
  public static final String HOME = "slipway.home";

  public Surroundings {
    environment = Map.copyOf(environment);
    if (!workingDirectory.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + workingDirectory);
    }
  }

  /** Those of this process. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Optional.ofNullable(System.getProperty(HOME)).map(Path::of).map(Path::toAbsolutePath),
        Runtime.getRuntime().availableProcessors());
  }
}
