package dev.slipway.deploy;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which programs print a secret: as it is, line by line; within quotes of JSON or of a
 * shell; percent-encoded; in base64, alone or as a part of something longer such as {@code
 * user:secret} in an HTTP header. Of an address that holds a password the password counts, too.
 *
 * @param plain found as they are
 * @param base64 the characters of a base64 text that the secret alone decides; those beside them
 *     hold some bits of it as well
 */
record SecretForms(Set<String> plain, Set<String> base64) {
  /** A shorter text would be found in ordinary words. */
  static final int SHORTEST = 4;

  /** A shorter one, encoded, would be found in other encoded text. */
  static final int SHORTEST_ENCODED = 8;

  /** In how many places within the three bytes of a group of base64 a secret may begin. */
  private static final int GROUP = 3;

  private static final Pattern LOGIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\\s]*?:([^/?#\\s]+)@.*");

  SecretForms {
    plain = Set.copyOf(plain);
    base64 = Set.copyOf(base64);
  }

  static SecretForms of(Collection<String> secrets) {
    Set<String> plain = new LinkedHashSet<>();
    Set<String> base64 = new LinkedHashSet<>();
    for (String secret : secrets) {
      secret.lines().forEach(line -> add(line.strip(), plain, base64));
      passwordIn(secret)
          .ifPresent(password -> {
            add(password, plain, base64);
            add(decoded(password), plain, base64);
          });
    }
    return new SecretForms(plain, base64);
  }

  /** The password that an address holds, as it stands there. */
  static Optional<String> passwordIn(String address) {
    Matcher login = LOGIN.matcher(address);
    return login.matches() ? Optional.of(login.group(1)) : Optional.empty();
  }

  private static void add(String secret, Set<String> plain, Set<String> base64) {
    if (secret.length() < SHORTEST) {
      return;
    }
    plain.add(secret);
    String json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
    plain.add(json);
    plain.add(json.replace("/", "\\/"));
    plain.add(secret.replace("'", "'\\''"));
    if (secret.length() < SHORTEST_ENCODED) {
      return;
    }
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    for (String encoded : List.of(form, form.replace("+", "%20"), unreserved(form))) {
      plain.add(encoded);
      plain.add(lowerHex(encoded));
    }
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < GROUP; before++) {
      String core = core(bytes, before);
      base64.add(core);
      base64.add(core.replace('+', '-').replace('/', '_'));
    }
  }

  /** As encodeURIComponent of JavaScript writes it. */
  private static String unreserved(String form) {
    return form.replace("+", "%20")
        .replace("%21", "!")
        .replace("%27", "'")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%7E", "~");
  }

  private static String lowerHex(String encoded) {
    return Pattern.compile("%[0-9A-F]{2}")
        .matcher(encoded)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  private static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return encoded;
    }
  }

  /** What the secret decides alone of a base64 text in which {@code before} bytes precede it. */
  private static String core(byte[] secret, int before) {
    byte[] group = new byte[before + secret.length];
    System.arraycopy(secret, 0, group, before, secret.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(group);
    int from = before == 0 ? 0 : before + 1;
    int to = group.length * 8 / 6;
    return text.substring(from, to);
  }
}
