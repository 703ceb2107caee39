package dev.slipway.config;

import dev.slipway.checkout.Target;
import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The keys of one deployment, of its health check and of a step, in the order they are shown. */
final class DeploymentKeys {
  static final String DEPLOYMENT = "deployments.*";
  static final String HEALTH = "deployments.*.health";
  static final String STEP = "deployments.*.steps.*";

  static final Key<RepositoryName> REPOSITORY = of("repository", Texts.REPOSITORY).required();
  static final Key<GitRef> BRANCH = of("branch", Texts.BRANCH);
  static final Key<String> TAG = of("tag", Texts.LINE);
  static final Key<Boolean> RELEASE = of("release", new Kind.OfTruth());
  static final Key<String> WORKFLOW = of("workflow", Texts.LINE);
  static final Key<Boolean> ENABLED = of("enabled", new Kind.OfTruth()).or(true);
  static final Key<Path> PATH = of("path", new FileKind(true)).required();

  /** Without a default here: it follows from the repository. */
  static final Key<String> URL = of("url", Addresses.GIT);

  static final Key<Target.Style> CHECKOUT =
      of(
              "checkout",
              Texts.choice(
                  "\"in-place\" or \"releases\"",
                  Map.of("in-place", Target.Style.IN_PLACE, "releases", Target.Style.RELEASES)))
          .or("in-place");
  static final Key<Integer> KEEP_RELEASES = of("keep_releases", new Kind.OfWhole(1, 10_000)).or(5);
  static final Key<List<String>> PATHS = of("paths", Texts.LINES);
  static final Key<List<String>> MESSAGES = of("messages", Texts.LINES);
  static final Key<List<String>> AUTHORS = of("authors", Texts.LINES);
  static final Key<List<String>> REQUIRE_CHECKS = of("require_checks", Texts.LINES);
  static final Key<Duration> CHECKS_TIMEOUT = of("checks_timeout", Texts.TIME_LIMIT);
  static final Key<Boolean> COALESCE = of("coalesce", new Kind.OfTruth()).or(true);
  static final Key<Boolean> CANCEL_RUNNING = of("cancel_running", new Kind.OfTruth()).or(false);
  static final Key<Path> SSH_KEY_FILE = of("ssh_key_file", new FileKind(false));
  static final Key<Integer> ATTEMPTS = of("attempts", new Kind.OfWhole(1, 1000)).or(1);
  static final Key<Duration> RETRY_BACKOFF = of("retry_backoff", Texts.DURATION).or("10s");
  static final Key<Duration> TIMEOUT = of("timeout", Texts.TIME_LIMIT).or("30m");
  static final Key<List<String>> LOCKS =
      of("locks", Texts.list(Texts.LOCK, 0, "a list of names, such as [\"build\"]")).or(List.of());
  static final Key<Map<String, String>> ENV = of("env", new EnvKind()).orNothing();

  /** Without a default here: {@code steps}, where there are steps. */
  static final Key<String> RECIPE = of("recipe", Texts.RECIPE);

  static final Key<List<Step.Run>> STEPS =
      of("steps", Texts.list(new StepKind(), 1, "a list of steps, such as [\"make build\"]"));
  static final Key<Boolean> LOCK_ON_ROLLBACK = of("lock_on_rollback", new Kind.OfTruth());
  static final Key<Boolean> GITHUB_DEPLOYMENTS = of("github_deployments", new Kind.OfTruth());
  static final Key<String> ENVIRONMENT = of("environment", Texts.LINE);

  static final Key<String> HEALTH_URL = Key.of(HEALTH, "url", Addresses.HTTP);
  static final Key<Command> HEALTH_COMMAND = Key.of(HEALTH, "command", new CommandKind());
  static final Key<Integer> HEALTH_STATUS = Key.of(HEALTH, "status", new Kind.OfWhole(100, 599));
  static final Key<String> HEALTH_CONTAINS = Key.of(HEALTH, "contains", Texts.LINE);
  static final Key<Duration> HEALTH_WITHIN = Key.of(HEALTH, "within", Texts.TIME_LIMIT);
  static final Key<Duration> HEALTH_STABLE_FOR = Key.of(HEALTH, "stable_for", Texts.DURATION);

  static final Key<Command> RUN = Key.of(STEP, "run", new CommandKind()).required();
  static final Key<Duration> STEP_TIMEOUT = Key.of(STEP, "timeout", Texts.TIME_LIMIT);
  static final Key<Map<String, String>> STEP_ENV = Key.of(STEP, "env", new EnvKind()).orNothing();

  static final List<Key<?>> ALL =
      List.of(
          REPOSITORY,
          BRANCH,
          TAG,
          RELEASE,
          WORKFLOW,
          ENABLED,
          PATH,
          URL,
          CHECKOUT,
          KEEP_RELEASES,
          PATHS,
          MESSAGES,
          AUTHORS,
          REQUIRE_CHECKS,
          CHECKS_TIMEOUT,
          COALESCE,
          CANCEL_RUNNING,
          SSH_KEY_FILE,
          ATTEMPTS,
          RETRY_BACKOFF,
          TIMEOUT,
          LOCKS,
          ENV,
          RECIPE,
          STEPS,
          LOCK_ON_ROLLBACK,
          GITHUB_DEPLOYMENTS,
          ENVIRONMENT,
          HEALTH_URL,
          HEALTH_COMMAND,
          HEALTH_STATUS,
          HEALTH_CONTAINS,
          HEALTH_WITHIN,
          HEALTH_STABLE_FOR,
          RUN,
          STEP_TIMEOUT,
          STEP_ENV);

  private DeploymentKeys() {}

  private static <T> Key<T> of(String name, Kind<T> kind) {
    return Key.of(DEPLOYMENT, name, kind);
  }
}
