package dev.slipway.checkout;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository's address with all that does not tell repositories apart taken away: scheme, user,
 * port, {@code .git}, case. {@code https://github.com/Owner/Name.git}, {@code
 * ssh://git@github.com/owner/name} and {@code git@github.com:owner/name.git} are the same.
 *
 * @param host empty for a path on this host
 */
record GitUrl(String host, String path) {
  private static final Pattern WITH_SCHEME =
      Pattern.compile(
          "(?:https?|ssh|git|git\\+ssh|ssh\\+git)://(?:[^/@]*@)?(\\[[^]]*]|[^/:]*)(?::[0-9]*)?(/.*)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LIKE_SCP = Pattern.compile("(?:[^/@:]+@)?([^/@:]+):(?!//)(.*)");
  private static final Pattern HTTPS_HOST =
      Pattern.compile("(https://)(?:[^/@]*@)?([^/@]+)(?:/.*)?", Pattern.CASE_INSENSITIVE);

  // GitHub's second address for ssh, where port 22 is closed.
  private static final String GITHUB_SSH = "ssh.github.com";
  private static final String GITHUB = "github.com";

  static GitUrl of(String text) {
    Matcher scheme = WITH_SCHEME.matcher(text);
    if (scheme.matches()) {
      String path = scheme.group(2) == null ? "" : scheme.group(2);
      return remote(scheme.group(1), path);
    }
    Matcher scp = LIKE_SCP.matcher(text);
    if (scp.matches() && !text.startsWith("file:")) {
      return remote(scp.group(1), scp.group(2));
    }
    String local = text.startsWith("file://") ? text.substring("file://".length()) : text;
    return new GitUrl("", plain(local));
  }

  private static GitUrl remote(String host, String path) {
    String lower = host.toLowerCase(Locale.ROOT);
    String name = plain(path).toLowerCase(Locale.ROOT);
    return new GitUrl(
        lower.equals(GITHUB_SSH) ? GITHUB : lower, name.startsWith("/") ? name.substring(1) : name);
  }

  private static String plain(String path) {
    String rest = path;
    while (rest.length() > 1 && rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    return rest.endsWith(".git") ? rest.substring(0, rest.length() - ".git".length()) : rest;
  }

  /**
   * Whether both are the same repository. A host name without a dot may be another one's alias in
   * the user's ssh configuration.
   */
  boolean isSameRepository(GitUrl other) {
    boolean sameHost =
        host.equals(other.host)
            || (isRemote() && other.isRemote() && (isAlias() || other.isAlias()));
    return sameHost && path.equals(other.path);
  }

  private boolean isRemote() {
    return !host.isEmpty();
  }

  private boolean isAlias() {
    return host.indexOf('.') < 0;
  }

  boolean isGitHub() {
    return host.equals(GITHUB);
  }

  /** Scheme and host of an https address, {@code https://github.com}; empty for every other. */
  static Optional<String> httpsHost(String text) {
    Matcher https = HTTPS_HOST.matcher(text);
    return https.matches() ? Optional.of("https://" + https.group(2)) : Optional.empty();
  }
}
