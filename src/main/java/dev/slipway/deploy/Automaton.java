package dev.slipway.deploy;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds all places of many words in a text in one pass, however many they are and however they
 * overlap (Aho and Corasick, 1975). Each state stands for the longest beginning of a word that the
 * text read so far ends with. Immutable.
 */
final class Automaton {
  private static final int START = 0;

  /** Which column of the table a character has; 0, or beyond the end, for one in no word. */
  private final char[] columns;

  private final int width;
  private final int[] next;
  private final int[] depth;
  private final int[] longest;

  Automaton(Collection<String> words) {
    columns = new char[1 + words.stream().flatMapToInt(String::chars).max().orElse(0)];
    int columnCount = 1;
    int states = 1;
    for (String word : words) {
      states += word.length();
      for (int i = 0; i < word.length(); i++) {
        if (columns[word.charAt(i)] == 0) {
          columns[word.charAt(i)] = (char) columnCount++;
        }
      }
    }
    width = columnCount;
    next = new int[Math.multiplyExact(states, width)];
    depth = new int[states];
    longest = new int[states];
    int used = 1;
    for (String word : words) {
      used = plant(word, used);
    }
    connect(used);
  }

  private int plant(String word, int used) {
    int free = used;
    int state = START;
    for (int i = 0; i < word.length(); i++) {
      int edge = state * width + columns[word.charAt(i)];
      if (next[edge] == START) {
        next[edge] = free++;
        depth[next[edge]] = i + 1;
      }
      state = next[edge];
    }
    longest[state] = word.length();
    return free;
  }

  /** Where no word goes on, the longest beginning that still fits does. */
  private void connect(int used) {
    int[] shorter = new int[used];
    Deque<Integer> level = new ArrayDeque<>();
    level.add(START);
    while (!level.isEmpty()) {
      int state = level.remove();
      for (int column = 0; column < width; column++) {
        int edge = state * width + column;
        int other = state == START ? START : next[shorter[state] * width + column];
        if (next[edge] == START) {
          next[edge] = other;
        } else {
          int child = next[edge];
          shorter[child] = other;
          longest[child] = Math.max(longest[child], longest[other]);
          level.add(child);
        }
      }
    }
  }

  /** Takes each place where a word was found: the longest one that ends there. */
  @FunctionalInterface
  interface Finds {
    void at(int from, int to);
  }

  /**
   * Reads the text; answers how many of its last characters are the beginning of a word.
   *
   * @param finds gets the places in the order of their ends
   */
  int read(String text, @Nullable Finds finds) {
    int state = START;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      state = next[state * width + (c < columns.length ? columns[c] : 0)];
      if (longest[state] > 0 && finds != null) {
        finds.at(i + 1 - longest[state], i + 1);
      }
    }
    return depth[state];
  }
}
