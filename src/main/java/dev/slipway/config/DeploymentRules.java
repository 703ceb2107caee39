package dev.slipway.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold between the keys of one deployment. */
final class DeploymentRules {
  private final String path;
  private final Section deployment;
  private final Findings findings;

  private DeploymentRules(String path, Section deployment, Findings findings) {
    this.path = path;
    this.deployment = deployment;
    this.findings = findings;
  }

  static void check(Value.Table document, Findings findings) {
    document
        .table(Schema.DEPLOYMENTS)
        .tables()
        .forEach((slug, table) -> {
          var rules =
              new DeploymentRules(
                  KeyPath.join(Schema.DEPLOYMENTS, slug), new Section(table), findings);
          rules.trigger();
          rules.steps();
          rules.sshKey();
          rules.health();
        });
    paths(document, findings);
  }

  /** One trigger; {@code branch} beside {@code workflow} narrows it. */
  private void trigger() {
    var triggers = new ArrayList<Key<?>>();
    if (deployment.has(DeploymentKeys.BRANCH) && !deployment.has(DeploymentKeys.WORKFLOW)) {
      triggers.add(DeploymentKeys.BRANCH);
    }
    if (deployment.has(DeploymentKeys.TAG)) {
      triggers.add(DeploymentKeys.TAG);
    }
    if (deployment.find(DeploymentKeys.RELEASE).orElse(false)) {
      triggers.add(DeploymentKeys.RELEASE);
    }
    if (deployment.has(DeploymentKeys.WORKFLOW)) {
      triggers.add(DeploymentKeys.WORKFLOW);
    }
    if (triggers.isEmpty()) {
      missing(DeploymentKeys.BRANCH, "what starts a deployment, such as branch = \"main\"");
    } else if (triggers.size() > 1) {
      findings.fault(
          deployment.place(triggers.get(1)),
          in(triggers.get(1)),
          "found beside \"" + triggers.getFirst().name() + "\"",
          "expected one trigger");
    }
  }

  private void steps() {
    boolean asked =
        deployment.find(DeploymentKeys.RECIPE).map(recipe -> recipe.equals("steps")).orElse(true);
    if (asked && !deployment.has(DeploymentKeys.STEPS) && !misspelt(DeploymentKeys.RECIPE)) {
      missing(DeploymentKeys.STEPS, "what to run, such as steps = [\"make build\"]");
    }
  }

  private void sshKey() {
    Optional<Path> key = deployment.find(DeploymentKeys.SSH_KEY_FILE);
    if (key.isEmpty()) {
      return;
    }
    Place place = deployment.place(DeploymentKeys.SSH_KEY_FILE);
    ConfigFiles.lookAtKey(key.get(), place, in(DeploymentKeys.SSH_KEY_FILE), findings);
    deployment
        .find(DeploymentKeys.URL)
        .filter(url -> Addresses.webHost(url).isPresent())
        .ifPresent(url ->
            findings.warning(
                place,
                in(DeploymentKeys.SSH_KEY_FILE),
                "has no effect on " + url + ", which is not fetched by ssh"));
  }

  private void health() {
    if (deployment.table().find("health").orElse(null) instanceof Value.Table table) {
      var health = new Section(table);
      if (health.has(DeploymentKeys.HEALTH_URL) == health.has(DeploymentKeys.HEALTH_COMMAND)) {
        findings.fault(
            table.place(),
            path + ".health",
            health.has(DeploymentKeys.HEALTH_URL)
                ? "found both \"url\" and \"command\""
                : "found neither \"url\" nor \"command\"",
            "expected one of the two");
      }
    }
  }

  /** No two deployments share or nest their folders, nor hold or lie in the daemon's own. */
  private static void paths(Value.Table document, Findings findings) {
    record Folder(String owner, Path path) {
      boolean meets(Path other) {
        Path mine = resolved(path);
        Path its = resolved(other);
        return mine.startsWith(its) || its.startsWith(mine);
      }
    }
    var folders = new ArrayList<Folder>();
    new Section(document)
        .find(DaemonKeys.STATE_DIR)
        .ifPresent(path -> folders.add(new Folder(DaemonKeys.STATE_DIR.path(), path)));
    document
        .table(Schema.DEPLOYMENTS)
        .tables()
        .forEach((slug, table) -> {
          var section = new Section(table);
          String owner = KeyPath.join(Schema.DEPLOYMENTS, slug);
          section
              .find(DeploymentKeys.PATH)
              .ifPresent(path -> {
                for (Folder other : List.copyOf(folders)) {
                  if (other.meets(path)) {
                    findings.fault(
                        section.place(DeploymentKeys.PATH),
                        owner + "." + DeploymentKeys.PATH.name(),
                        "found \"" + path + "\"",
                        "expected a folder that neither holds nor lies in that of "
                            + other.owner()
                            + ", "
                            + other.path());
                  }
                }
                folders.add(new Folder(owner, path));
              });
        });
  }

  /** The folder that a path leads to: its existing part without symbolic links, then the rest. */
  private static Path resolved(Path path) {
    Path existing = path;
    while (existing != null) {
      try {
        return existing.toRealPath().resolve(existing.relativize(path)).normalize();
      } catch (IOException absent) {
        // Or hidden from this user: its parent tells more.
        existing = existing.getParent();
      }
    }
    return path;
  }

  private boolean misspelt(Key<?> key) {
    return deployment.has(key) && deployment.find(key).isEmpty();
  }

  private void missing(Key<?> key, String expected) {
    findings.missing(deployment.table().place(), in(key), expected);
  }

  private String in(Key<?> key) {
    return path + "." + key.name();
  }
}
