package dev.slipway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of addresses that keys take. None may hold a login, save Redis's. */
final class Addresses {
  static final Kind<String> HTTP =
      new Kind.OfText<>(
          "an http or https address, such as \"https://deploy.example.org\"",
          Veil.ADDRESS,
          text -> checked(text, Set.of("https", "http"), false));

  static final Kind<String> REDIS =
      new Kind.OfText<>(
          "a redis or rediss address, such as \"redis://localhost:6379\"",
          Veil.ADDRESS,
          Addresses::redis);

  static final Kind<String> POSTGRESQL =
      new Kind.OfText<>(
          "a JDBC address such as \"jdbc:postgresql://localhost/slipway\", without a password in"
              + " it; left out: SQLite in state_dir",
          Veil.ADDRESS,
          Addresses::postgresql);

  static final Kind<String> GIT =
      new Kind.OfText<>(
          "an https, ssh or file address, user@host:path or an absolute path, without a password"
              + " or token in it",
          Veil.ADDRESS,
          Addresses::git);

  private static final Pattern SCP =
      Pattern.compile(
          "(?:[A-Za-z0-9._][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9._-]*:(?!//)[^:@\\s-][^@\\s]*");
  private static final Pattern DATABASE_NUMBER = Pattern.compile("/?|/[0-9]{1,4}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private Addresses() {}

  /** The host of a web address; empty for any other. */
  static Optional<String> webHost(String address) {
    return address.startsWith("https://") || address.startsWith("http://")
        ? Optional.ofNullable(parsed(address).getHost())
        : Optional.empty();
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host);
  }

  private static String git(String text) {
    if (text.startsWith("-")) {
      throw new IllegalArgumentException("would be taken for an option");
    }
    if (text.startsWith("/") || SCP.matcher(text).matches()) {
      return text;
    }
    URI address = parsed(text);
    boolean suits =
        switch (address.getScheme()) {
          case null -> false;
          case "https" -> address.getHost() != null && address.getRawUserInfo() == null;
          case "http" ->
              address.getHost() != null
                  && isLoopback(address.getHost())
                  && address.getRawUserInfo() == null;
          case "ssh" -> address.getHost() != null && isNameAlone(address.getRawUserInfo());
          case "file" -> address.getRawPath() != null && address.getRawPath().startsWith("/");
          default -> false;
        };
    return Texts.require(text, _ -> suits);
  }

  private static boolean isNameAlone(@Nullable String login) {
    return login == null || (!login.contains(":") && !login.startsWith("-"));
  }

  private static String postgresql(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Texts.require(
        text,
        _ ->
            lower.startsWith("jdbc:postgresql:")
                && !lower.contains("@")
                && !lower.contains("password="));
  }

  private static String redis(String text) {
    checked(text, Set.of("redis", "rediss"), true);
    return Texts.require(text, _ -> DATABASE_NUMBER.matcher(parsed(text).getPath()).matches());
  }

  private static String checked(String text, Set<String> schemes, boolean login) {
    URI address = parsed(text);
    return Texts.require(
        text,
        _ ->
            address.getScheme() != null
                && schemes.contains(address.getScheme())
                && address.getHost() != null
                && (login || address.getRawUserInfo() == null));
  }

  private static URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("not an address", malformed);
    }
  }
}
