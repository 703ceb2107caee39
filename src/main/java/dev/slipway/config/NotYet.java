package dev.slipway.config;

import dev.slipway.vocabulary.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The keys that this version knows and does not act on. Where ignoring one could deploy something
 * that must not be deployed, or change what is promised, using it is a fault; otherwise it is a
 * warning. Whoever builds what a key asks for removes its line here.
 */
final class NotYet {
  /**
   * One use of a key.
   *
   * @param path as in {@link Key#path}, or a table's
   * @param use the values that ask for what is not built
   * @param instead what is expected in their place; empty where they are ignored with a warning
   */
  record Use(String path, Predicate<Value> use, Optional<String> instead) {}

  static final List<Use> USES =
      List.of(
          refused("deployments.*.tag"),
          refused("deployments.*.release", NotYet::isOn, "false"),
          refused("deployments.*.workflow"),
          refused("deployments.*.paths"),
          refused("deployments.*.messages"),
          refused("deployments.*.authors"),
          refused("deployments.*.require_checks"),
          refused("deployments.*.health"),
          refused("deployments.*.recipe", NotYet::isOtherThanSteps, "\"steps\""),
          refused("github.allow_from", NotYet::namesGitHub, "\"any\", or addresses and blocks"),
          ignored("quarantine_after"),
          ignored("secrets.public_key"),
          ignored("deployments.*.checks_timeout"),
          ignored("deployments.*.lock_on_rollback"),
          ignored("deployments.*.github_deployments"),
          ignored("deployments.*.environment"));

  private static final String NOT_SUPPORTED = "is not supported by this version yet";

  private NotYet() {}

  /** Tells of a key's or a table's use. */
  static void check(String pattern, String path, Value value, Findings findings) {
    for (Use use : USES) {
      if (use.path().equals(pattern) && use.use().test(value)) {
        use.instead()
            .ifPresentOrElse(
                instead -> refuse(path, value, instead, findings),
                () -> findings.warning(value.place(), path, "has no effect in this version yet"));
      }
    }
  }

  /**
   * Whether the value is, or holds, an encrypted one; taken as it stands it would be a wrong
   * secret, so it is a fault wherever it stands.
   */
  static boolean isEncrypted(String path, Value value, Findings findings) {
    boolean encrypted = isEncrypted(value);
    if (encrypted) {
      findings.fault(
          value.place(), path, "an encrypted value " + NOT_SUPPORTED, "expected the value itself");
    }
    return encrypted;
  }

  private static void refuse(String path, Value value, String instead, Findings findings) {
    String found =
        value instanceof Value.Text(String text, Place _)
            ? "found " + Quoted.of(text) + ", which " + NOT_SUPPORTED
            : NOT_SUPPORTED;
    findings.fault(value.place(), path, found, "expected " + instead);
  }

  private static boolean isEncrypted(Value value) {
    return switch (value) {
      case Value.Text(String text, Place _) -> text.startsWith("age:");
      case Value.Items(List<Value> items, Place _) -> items.stream().anyMatch(NotYet::isEncrypted);
      case Value.Table table -> table.entries().values().stream().anyMatch(NotYet::isEncrypted);
      case Value.Whole _, Value.Truth _, Value.Other _ -> false;
    };
  }

  private static Use refused(String path) {
    return refused(path, _ -> true, "it to be left out");
  }

  private static Use refused(String path, Predicate<Value> use, String instead) {
    return new Use(path, use, Optional.of(instead));
  }

  private static Use ignored(String path) {
    return new Use(path, _ -> true, Optional.empty());
  }

  private static boolean isOn(Value value) {
    return value instanceof Value.Truth(boolean truth, Place _) && truth;
  }

  private static boolean isOtherThanSteps(Value value) {
    return value instanceof Value.Text(String text, Place _) && !text.equals("steps");
  }

  private static boolean namesGitHub(Value value) {
    return switch (value) {
      case Value.Text(String text, Place _) -> text.equals("github");
      case Value.Items(List<Value> items, Place _) -> items.stream().anyMatch(NotYet::namesGitHub);
      case Value.Whole _, Value.Truth _, Value.Other _, Value.Table _ -> false;
    };
  }
}
