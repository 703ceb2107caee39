package dev.slipway.deploy;

import dev.slipway.process.RunToken;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of steps: a few variables of the daemon's own, Slipway's facts, then what the
 * deployment adds. None of the daemon's secrets is among them.
 */
public final class StepEnvironment {
  private static final Set<String> INHERITED =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TMPDIR");

  private StepEnvironment() {}

  /** Those of the daemon's variables that programs may see. */
  public static Map<String, String> inherited(Map<String, String> daemon) {
    Map<String, String> kept = new TreeMap<>();
    daemon.forEach((name, value) -> {
      if (INHERITED.contains(name) || name.startsWith("LC_")) {
        kept.put(name, value);
      }
    });
    kept.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
    kept.putIfAbsent("LANG", "C.UTF-8");
    return kept;
  }

  /** What the programs of a run have in common: those variables, and the run's token. */
  static Map<String, String> ofRun(Map<String, String> daemon, RunToken token) {
    Map<String, String> base = inherited(daemon);
    base.put(RunToken.VARIABLE, token.value());
    return base;
  }

  /** {@code layers} on top of each other, the last wins. */
  @SafeVarargs
  static Map<String, String> layered(Map<String, String>... layers) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Map<String, String> layer : layers) {
      all.putAll(layer);
    }
    return all;
  }
}
