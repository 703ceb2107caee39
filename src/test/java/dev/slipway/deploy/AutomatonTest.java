package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.fuzz.Fuzz;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AutomatonTest {
  private static BitSet found(String text, Set<String> words) {
    BitSet found = new BitSet();
    int _ = new Automaton(words).read(text, found::set);
    return found;
  }

  private static BitSet foundOneByOne(String text, Set<String> words) {
    BitSet found = new BitSet();
    for (String word : words) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        found.set(at, at + word.length());
      }
    }
    return found;
  }

  private static String text(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(Fuzz.any(random, "a", "b", "c", "ä", "𝄞"));
    }
    return text.toString();
  }

  @Test
  void itFindsWhatLookingForEachWordFinds() {
    Fuzz.check(
        3_000,
        random -> {
          Set<String> words = new HashSet<>();
          for (int i = random.nextInt(6); i > 0; i--) {
            words.add(text(random, 1 + random.nextInt(6)));
          }
          String text = text(random, random.nextInt(60));
          assertEquals(foundOneByOne(text, words), found(text, words), words + " in " + text);
        });
  }

  @Test
  void itKnowsHowMuchOfTheEndMayBeTheBeginningOfAWord() {
    Automaton words = new Automaton(List.of("swordfish", "fishing"));
    assertEquals(5, words.read("a sword", (from, to) -> {}));
    assertEquals(4, words.read("swordfish", (from, to) -> {}) - 5);
    assertEquals(5, words.read("swordfishi", (from, to) -> {}));
    assertEquals(0, words.read("swordfish!", (from, to) -> {}));
    assertEquals(0, new Automaton(List.of()).read("text", (from, to) -> {}));
  }
}
