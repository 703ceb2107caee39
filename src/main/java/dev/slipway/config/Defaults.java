package dev.slipway.config;

import dev.slipway.vocabulary.RepositoryName;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in what follows from other keys or from the machine; the fixed defaults stand by the keys.
 */
final class Defaults {
  private Defaults() {}

  static Value.Table fill(Value.Table document, String stateDir, int cores) {
    Value.Table filled = document;
    filled = fill(filled, DaemonKeys.STATE_DIR, text(stateDir));
    filled = fill(filled, DaemonKeys.MAX_RUNNING, new Value.Whole(cores, Place.ofDefault()));
    Value.Table deployments = filled.table(Schema.DEPLOYMENTS);
    for (Map.Entry<String, Value.Table> entry : deployments.tables().entrySet()) {
      deployments = deployments.with(entry.getKey(), deployment(entry.getValue()));
    }
    return deployments.entries().isEmpty() ? filled : filled.with(Schema.DEPLOYMENTS, deployments);
  }

  private static Value.Table deployment(Value.Table table) {
    var section = new Section(table);
    Value.Table filled = table;
    if (section.has(DeploymentKeys.STEPS)) {
      filled = fill(filled, DeploymentKeys.RECIPE, text("steps"));
    }
    Optional<RepositoryName> repository = section.find(DeploymentKeys.REPOSITORY);
    if (repository.isPresent()) {
      String url =
          section.has(DeploymentKeys.SSH_KEY_FILE)
              ? "git@github.com:" + repository.get() + ".git"
              : "https://github.com/" + repository.get() + ".git";
      filled = fill(filled, DeploymentKeys.URL, text(url));
    }
    return filled;
  }

  private static Value.Table fill(Value.Table table, Key<?> key, Value value) {
    return table.find(key.name()).isPresent() ? table : table.with(key.name(), value);
  }

  private static Value text(String text) {
    return new Value.Text(text, Place.ofDefault());
  }
}
