package dev.slipway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration written down in a test: texts by file name, and environment variables. */
record Written(List<Document> documents, Map<String, String> environment) {
  /** A deployment that lacks nothing, on five lines. */
  static final String WEBSITE =
      """
      [deployments.website]
      repository = "example/website"
      branch = "main"
      path = "/srv/website"
      steps = ["make build"]
      """;

  static Written of(String toml) {
    return new Written(List.of(), Map.of()).and("slipway.toml", toml);
  }

  /** The keys of the deployment {@code website}, the first of them on line 2. */
  static Written website(String keys) {
    return of(
        "[deployments.website]\n"
            + keys
            + (keys.contains("repository =") ? "" : "\nrepository = \"example/website\"")
            + (keys.contains("branch =") ? "" : "\nbranch = \"main\"")
            + (keys.contains("path =") ? "" : "\npath = \"/srv/website\"")
            + (keys.contains("steps =") ? "" : "\nsteps = [\"make build\"]"));
  }

  Written and(String name, String toml) {
    var more = new ArrayList<>(documents);
    more.add(new Document("config/" + name, Path.of("/etc/example"), toml));
    return new Written(more, environment);
  }

  Written with(String variable, String value) {
    var more = new HashMap<>(environment);
    more.put(variable, value);
    return new Written(documents, more);
  }

  Reading read() {
    return ConfigReader.read(
        documents,
        new Surroundings(environment, Path.of("/home/operator"), Optional.empty(), 4),
        new Findings());
  }

  Reading.Valid valid() {
    return switch (read()) {
      case Reading.Valid valid -> valid;
      case Reading.Invalid invalid -> throw new AssertionError(invalid.faults());
    };
  }

  Config config() {
    return valid().config();
  }

  /** The faults' lines, as an operator sees them. */
  List<String> faults() {
    return switch (read()) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid invalid -> invalid.faults().stream().map(Fault::toString).toList();
    };
  }

  List<String> warnings() {
    return read().warnings().stream().map(Warning::toString).toList();
  }
}
