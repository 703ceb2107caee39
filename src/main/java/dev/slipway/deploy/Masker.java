package dev.slipway.deploy;

import dev.slipway.vocabulary.Secret;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts {@value Secret#MASK} in the place of every secret that a text holds, in each of its {@link
 * SecretForms}, and of the password in every address, whoever's it is. Of a secret of several lines
 * each line counts, since programs print line by line. A text is read once, however many secrets
 * there are. Immutable.
 */
final class Masker {
  /** From this length on a name in front of a web address's host is taken for a token. */
  private static final int TOKEN = 20;

  private static final String ADDRESS = "://";
  private static final String AFTER_HOST = "/?#\\\"'<>`";

  private final List<String> secrets;
  private final Automaton plain;
  private final Automaton base64;

  Masker(Collection<Secret> secrets) {
    this(secrets.stream().map(Secret::reveal).distinct().toList());
  }

  private Masker(List<String> secrets) {
    this.secrets = secrets;
    SecretForms forms = SecretForms.of(secrets);
    this.plain = new Automaton(forms.plain());
    this.base64 = new Automaton(forms.base64());
  }

  /**
   * This one, which also masks what these variables of steps hold: of those whose name says that it
   * is secret all of it, of addresses the password.
   */
  Masker and(Map<String, String> variables) {
    List<String> more = new ArrayList<>();
    variables.forEach((name, value) -> {
      if (Secret.isNameOfOne(name)) {
        more.add(value);
      } else {
        SecretForms.passwordIn(value).ifPresent(more::add);
      }
    });
    // What is no secret in spite of its name is mostly short: "1", "false", "test".
    more.removeIf(value -> value.length() < SecretForms.SHORTEST_ENCODED);
    return secrets.containsAll(more)
        ? this
        : new Masker(Stream.concat(secrets.stream(), more.stream()).distinct().toList());
  }

  String mask(String text) {
    return masked(text, hidden(text));
  }

  /**
   * A text of which the rest is still to come.
   *
   * @param shown its beginning, masked
   * @param held its end, not masked, since a secret may begin there; belongs in front of the rest
   */
  record Cut(String shown, String held) {}

  /** Masks what can be shown of a text that goes on. */
  Cut maskBeginning(String text) {
    BitSet hidden = hidden(text);
    int open = Math.max(plain.read(text, (from, to) -> {}), base64.read(text, (from, to) -> {}));
    int end = text.length() - open;
    if (end > 0 && hidden.get(end - 1) && hidden.get(end)) {
      // Within a secret: all of it is masked here and now.
      end = hidden.nextClearBit(end);
    }
    return new Cut(masked(text.substring(0, end), hidden), text.substring(end));
  }

  private static String masked(String text, BitSet hidden) {
    if (hidden.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int shown = 0;
    for (int from = hidden.nextSetBit(0);
        from >= 0 && from < text.length();
        from = hidden.nextSetBit(shown)) {
      masked.append(text, shown, from).append(Secret.MASK);
      shown = Math.min(hidden.nextClearBit(from), text.length());
    }
    return masked.append(text, shown, text.length()).toString();
  }

  /** All places of all secrets, found before any is replaced: they may overlap. */
  private BitSet hidden(String text) {
    BitSet hidden = new BitSet();
    plain.read(text, hidden::set);
    base64.read(
        text,
        (from, to) -> {
          if (!hidden.get(to - 1) || !hidden.get(from)) {
            hidden.set(startOfBase64(text, from), endOfBase64(text, to));
          }
        });
    hideLogins(text, hidden);
    return hidden;
  }

  private static int startOfBase64(String text, int from) {
    int start = from;
    while (start > 0 && isBase64(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int endOfBase64(String text, int to) {
    int end = to;
    while (end < text.length() && (isBase64(text.charAt(end)) || text.charAt(end) == '=')) {
      end++;
    }
    return end;
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/-_".indexOf(c) >= 0;
  }

  private static void hideLogins(String text, BitSet hidden) {
    for (int at = text.indexOf(ADDRESS); at >= 0; at = text.indexOf(ADDRESS, at + 1)) {
      int from = at + ADDRESS.length();
      int host = endOfLogin(text, from);
      if (host < 0) {
        continue;
      }
      int colon = text.indexOf(':', from);
      int name = colon >= 0 && colon < host ? colon : host;
      if (name - from >= TOKEN && isWeb(text, at)) {
        hidden.set(from, host);
      } else if (name < host - 1) {
        hidden.set(name + 1, host);
      }
    }
  }

  /** Where the last {@code @} before the host's end stands; -1 where there is none. */
  private static int endOfLogin(String text, int from) {
    int host = -1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@') {
        host = i;
      } else if (Character.isWhitespace(c) || AFTER_HOST.indexOf(c) >= 0) {
        break;
      }
    }
    return host;
  }

  private static boolean isWeb(String text, int colon) {
    return text.startsWith("http", colon - 4) || text.startsWith("https", colon - 5);
  }
}
