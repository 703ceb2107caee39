package dev.slipway.config;

import java.nio.file.Path;
import java.util.List;

/** What came of reading the configuration. The warnings are to be told in either case. */
public sealed interface Reading {
  List<Warning> warnings();

  /**
   * It can be used.
   *
   * @param files the files it was read from, earlier ones first, as the operator named them
   */
  record Valid(Config config, ConfigText text, List<String> files, List<Warning> warnings)
      implements Reading {
    public Valid {
      files = List.copyOf(files);
      warnings = List.copyOf(warnings);
    }

    /**
     * The same for a process that listens for webhooks: without a webhook secret it could accept
     * nothing, which is a fault then.
     */
    public Reading forIntake() {
      if (!config.doors().admission().secrets().isEmpty()) {
        return this;
      }
      var place =
          new Place(
              files.isEmpty() ? "(no configuration file)" : files.getFirst(), 0, Path.of("/"));
      return new Invalid(
          List.of(
              new Fault(
                  place,
                  DaemonKeys.WEBHOOK_SECRETS.path(),
                  "missing",
                  "expected the secret that GitHub signs its webhooks with: webhook_secrets ="
                      + " [\"…\"] or webhook_secrets_file = \"…\" in [github], or "
                      + EnvironmentLayer.variable(DaemonKeys.WEBHOOK_SECRETS.path()))),
          warnings);
    }
  }

  /** It cannot be used: every fault, by file and line. */
  record Invalid(List<Fault> faults, List<Warning> warnings) implements Reading {
    public Invalid {
      faults = List.copyOf(faults);
      warnings = List.copyOf(warnings);
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("nothing is at fault");
      }
    }
  }
}
