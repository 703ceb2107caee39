package dev.slipway.deploy;

import dev.slipway.vocabulary.Secret;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Puts {@value Secret#MASK} in the place of every secret that a text holds. Of a secret of several
 * lines each line counts, since programs print line by line. Immutable.
 */
final class Masker {
  /** A shorter text would be found in ordinary words. */
  private static final int SHORTEST = 4;

  private final List<String> secrets;

  Masker(Collection<Secret> secrets) {
    this.secrets =
        secrets.stream()
            .flatMap(secret -> secret.reveal().lines())
            .map(String::strip)
            .filter(text -> text.length() >= SHORTEST)
            .distinct()
            .toList();
  }

  String mask(String text) {
    BitSet hidden = hidden(text);
    if (hidden.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int shown = 0;
    for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(shown)) {
      masked.append(text, shown, from).append(Secret.MASK);
      shown = hidden.nextClearBit(from);
    }
    return masked.append(text, shown, text.length()).toString();
  }

  /** All places of all secrets, found before any is replaced: they may overlap. */
  private BitSet hidden(String text) {
    BitSet hidden = new BitSet();
    for (String secret : secrets) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        hidden.set(at, at + secret.length());
      }
    }
    return hidden;
  }
}
