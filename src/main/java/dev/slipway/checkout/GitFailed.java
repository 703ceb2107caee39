package dev.slipway.checkout;

import dev.slipway.checkout.CheckoutResult.Cause;
import dev.slipway.checkout.CheckoutResult.Refused;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A git command that did not succeed, with what it said. Thrown within a checkout, where several
 * commands in a row make one result;.
 */
final class GitFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a line of git, ssh or curl tells of the cause; the first that matches wins. */
  private record Sign(Cause cause, Pattern pattern) {
    Sign(Cause cause, String regex) {
      this(cause, Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
    }
  }

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(
              Cause.DISK,
              "No space left on device|Disk quota exceeded|Read-only file system"
                  + "|Input/output error|Too many open files|insufficient permission for adding"
                  + "|(create|open|unlink|write|mkdir|lock)[^(]*: Permission denied"),
          new Sign(Cause.FOREIGN_PATH, "detected dubious ownership"),
          new Sign(
              Cause.UNKNOWN_COMMIT,
              "couldn't find remote ref|not our ref|unadvertised object|no such remote ref"),
          new Sign(
              Cause.UNAUTHORIZED,
              "no such identity|Authentication failed|could not read (Username|Password)|terminal"
                  + " prompts disabled|Permission denied \\(|returned error: 40[13]|Repository not"
                  + " found|^fatal: repository '.*' not found|Host key verification failed|Load key"
                  + " .*:|access denied|don't have permission"),
          new Sign(
              Cause.UNREACHABLE,
              "Could not resolve|Name or service not known|unable to look up"
                  + "|Connection (refused|timed out|reset|closed)|timed out|too slow"
                  + "|Failed to connect|Couldn't connect|unable to connect|unable to access"
                  + "|No route to host|Network is unreachable|returned error: [45]"
                  + "|does not appear to be a git repository|Could not read from remote"
                  + "|hung up|early EOF|RPC failed|unexpected disconnect|SSL|kex_exchange"));

  private static final Set<Cause> LOCAL = EnumSet.of(Cause.DISK, Cause.FOREIGN_PATH);

  private static final Pattern MISSING_OBJECT =
      Pattern.compile(
          "could not read [0-9a-f]{7}|unable to read (tree|sha1)|(bad|invalid|missing|nonexistent)"
              + " (tree |blob )?object|reference is not a tree|invalid reference",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LOCKED_REF =
      Pattern.compile("cannot lock ref|unable to update local ref", Pattern.CASE_INSENSITIVE);
  private static final Pattern PREFIX =
      Pattern.compile("^(?:(?:fatal|error|remote|ERROR): ?)+", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST = 300;

  private final transient Refused refused;
  private final int exitCode;
  private final List<String> said;

  /** A command that did not end by itself, or could not begin. */
  GitFailed(Cause cause, String reason) {
    this(new Refused(cause, reason), -1, List.of());
  }

  GitFailed(Refused refused, int exitCode, List<String> said) {
    super(refused.reason());
    this.refused = refused;
    this.exitCode = exitCode;
    this.said = List.copyOf(said);
  }

  /**
   * A command that ended with an exit code other than 0.
   *
   * @param name what was done, such as {@code git fetch}
   * @param url whom it spoke to; empty for a command that stays on this host, which may print names
   *     of files that look like anything
   * @param said its standard error
   */
  static GitFailed of(String name, Optional<String> url, int exitCode, List<String> said) {
    for (Sign sign : SIGNS) {
      if (url.isEmpty() && !LOCAL.contains(sign.cause())) {
        continue;
      }
      for (String line : said) {
        if (sign.pattern().matcher(line).find()) {
          String reason = sentence(sign.cause(), name, url.orElse(name), plain(line));
          return new GitFailed(new Refused(sign.cause(), reason), exitCode, said);
        }
      }
    }
    String last =
        said.stream()
            .filter(line -> PREFIX.matcher(line).find())
            .findFirst()
            .orElseGet(() -> said.isEmpty() ? "exit code " + exitCode : said.getLast());
    String reason = sentence(Cause.GIT, name, name, plain(last));
    return new GitFailed(new Refused(Cause.GIT, reason), exitCode, said);
  }

  private static String sentence(Cause cause, String name, String url, String line) {
    return switch (cause) {
      case UNREACHABLE -> url + " does not answer: " + line;
      case UNAUTHORIZED -> url + " refuses access, or is not there: " + line;
      case UNKNOWN_COMMIT -> url + " does not have it: " + line;
      case FOREIGN_PATH ->
          "git does not trust the folder, since it belongs to another user: "
              + line
              + "; give it to the daemon's user, or add it to that user's safe.directory";
      case DISK -> "the disk refuses: " + line;
      case TIMED_OUT, CANCELLED, GIT -> name + " failed: " + line;
    };
  }

  /** One line without its prefixes, shortened, without control characters. */
  private static String plain(String line) {
    String text = PREFIX.matcher(line).replaceFirst("").replaceAll("\\p{Cntrl}", " ").strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  Refused refused() {
    return refused;
  }

  Cause cause() {
    return refused.cause();
  }

  int exitCode() {
    return exitCode;
  }

  /** The last lines of its standard error. */
  List<String> said() {
    return said;
  }

  /** Whether it missed an object that a complete repository would have. */
  boolean missesObject() {
    return missesObject(said);
  }

  /** Whether git says that it missed an object, which it may do and yet end with exit code 0. */
  static boolean missesObject(List<String> said) {
    return said.stream().anyMatch(line -> MISSING_OBJECT.matcher(line).find());
  }

  /** Whether a ref could not be written, as where a branch {@code a} became {@code a/b}. */
  boolean conflictsWithOldRef() {
    return said.stream().anyMatch(line -> LOCKED_REF.matcher(line).find());
  }
}
