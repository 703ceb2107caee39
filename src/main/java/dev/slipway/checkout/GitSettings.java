package dev.slipway.checkout;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * With which options and in which environment git runs, so that it never asks, runs no hook, speaks
 * English and gives a token to nobody but the repository's own host. The user's and the system's
 * configuration stay in force below that ({@code safe.directory}, proxies, {@code insteadOf}).
 *
 * @param options {@code -c} settings, before git's own command
 * @param environment over the base; here alone stands the token
 */
record GitSettings(List<String> options, Map<String, String> environment) {
  /** The variable that the credential helper reads. */
  static final String TOKEN = "SLIPWAY_GIT_TOKEN";

  private static final String LOW_SPEED_BYTES = "1000";
  private static final String LOW_SPEED_SECONDS = "30";

  // Git asks it on standard output for what it knows; only "get" concerns it (gitcredentials(7)).
  private static final String HELPER =
      "!f() { test \"$1\" = get && printf 'username=x-access-token\\npassword=%s\\n' \"$"
          + TOKEN
          + "\"; }; f";

  GitSettings {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** For commands that stay on this host. */
  static GitSettings local() {
    List<String> options = new ArrayList<>();
    set(options, "core.hooksPath", "/dev/null");
    set(options, "core.quotePath", "false");
    set(options, "advice.detachedHead", "false");
    set(options, "submodule.recurse", "false");
    set(options, "gc.autoDetach", "false");
    Map<String, String> environment = new HashMap<>();
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("LANGUAGE", "");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_ASKPASS", "");
    environment.put("SSH_ASKPASS", "");
    environment.put("SSH_ASKPASS_REQUIRE", "never");
    environment.put("GIT_LFS_SKIP_SMUDGE", "1");
    return new GitSettings(options, environment);
  }

  /** For commands that speak to the repository. */
  static GitSettings towards(Origin origin, Path knownHosts) {
    GitSettings local = local();
    List<String> options = new ArrayList<>(local.options);
    set(options, "protocol.ext.allow", "never");
    set(options, "protocol.file.allow", "always");
    set(options, "http.lowSpeedLimit", LOW_SPEED_BYTES);
    set(options, "http.lowSpeedTime", LOW_SPEED_SECONDS);
    // A pack is there whole or not at all; single objects would be left without what they refer to.
    set(options, "fetch.unpackLimit", "1");
    set(options, "gc.auto", "0");
    set(options, "maintenance.auto", "false");
    Map<String, String> environment = new HashMap<>(local.environment);
    environment.put(
        "GIT_SSH_COMMAND", GitSsh.command(GitUrl.of(origin.url()), origin.sshKey(), knownHosts));
    origin
        .token()
        .ifPresent(token ->
            GitUrl.httpsHost(origin.url())
                .ifPresent(host -> {
                  set(options, "credential.helper", "");
                  // Bound to the host: a redirection elsewhere gets no token.
                  set(options, "credential." + host + ".helper", HELPER);
                  environment.put(TOKEN, token.reveal());
                }));
    return new GitSettings(options, environment);
  }

  /**
   * The same, for a command that writes files. Large files are left to the deployment's steps;
   * where git-lfs is configured but not installed, its filter would make every checkout fail.
   */
  GitSettings writingFiles(Map<String, String> base) {
    if (isOnPath("git-lfs", base.getOrDefault("PATH", ""))) {
      return this;
    }
    List<String> more = new ArrayList<>(options);
    set(more, "filter.lfs.process", "");
    set(more, "filter.lfs.smudge", "");
    set(more, "filter.lfs.clean", "");
    set(more, "filter.lfs.required", "false");
    return new GitSettings(more, environment);
  }

  private static boolean isOnPath(String program, String path) {
    for (String folder : path.split(":", -1)) {
      if (!folder.isEmpty() && new File(folder, program).canExecute()) {
        return true;
      }
    }
    return false;
  }

  private static void set(List<String> options, String key, String value) {
    options.add("-c");
    options.add(key + "=" + value);
  }
}
