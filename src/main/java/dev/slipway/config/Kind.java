package dev.slipway.config;

import dev.slipway.vocabulary.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a key takes: how a value is read, what is said when it is wrong, how it is shown. */
interface Kind<T> {
  /** What the key takes, after the word "expected". */
  String expected();

  /** The value; empty after a fault. */
  Optional<T> read(Value value, String key, Findings findings);

  /** The value as {@code config show} prints it. */
  default Value shown(Value value) {
    return value;
  }

  /** What an environment variable means for this kind, beside how its text reads as TOML. */
  default Value fromEnvironment(Value read, String raw) {
    return read;
  }

  /**
   * One line of text, not empty.
   *
   * @param parse throws {@link IllegalArgumentException} for text that does not suit
   */
  record OfText<T>(String expected, Veil veil, Function<String, T> parse) implements Kind<T> {
    private static final int LIMIT = 8192;

    static <T> OfText<T> open(String expected, Function<String, T> parse) {
      return new OfText<>(expected, Veil.NONE, parse);
    }

    @Override
    public Optional<T> read(Value value, String key, Findings findings) {
      if (!(value instanceof Value.Text(String text, Place _))) {
        findings.mismatch(value, key, veil == Veil.NONE ? value.brief() : value.kind(), expected);
        return Optional.empty();
      }
      if (text.isBlank()) {
        findings.mismatch(value, key, "an empty text", expected);
        return Optional.empty();
      }
      if (text.length() > LIMIT || text.chars().anyMatch(Character::isISOControl)) {
        findings.mismatch(value, key, "more than one line of text", expected);
        return Optional.empty();
      }
      try {
        return Optional.of(parse.apply(text));
      } catch (IllegalArgumentException unsuitable) {
        findings.mismatch(value, key, Quoted.of(veil.inMessage(text)), expected);
        return Optional.empty();
      }
    }

    @Override
    public Value shown(Value value) {
      return value instanceof Value.Text(String text, Place place)
          ? new Value.Text(veil.shown(text), place)
          : value;
    }

    /** A password of digits alone is a text still. */
    @Override
    public Value fromEnvironment(Value read, String raw) {
      return read instanceof Value.Text ? read : new Value.Text(raw, read.place());
    }
  }

  /** A whole number between two bounds, both included. */
  record OfWhole(int least, int most) implements Kind<Integer> {
    @Override
    public String expected() {
      return "a whole number from " + least + " to " + most;
    }

    @Override
    public Optional<Integer> read(Value value, String key, Findings findings) {
      if (value instanceof Value.Whole(long number, Place _) && number >= least && number <= most) {
        return Optional.of((int) number);
      }
      findings.mismatch(value, key, value.brief(), expected());
      return Optional.empty();
    }
  }

  /** {@code true} or {@code false}. */
  record OfTruth() implements Kind<Boolean> {
    @Override
    public String expected() {
      return "true or false, without quotes";
    }

    @Override
    public Optional<Boolean> read(Value value, String key, Findings findings) {
      if (value instanceof Value.Truth(boolean truth, Place _)) {
        return Optional.of(truth);
      }
      findings.mismatch(value, key, value.brief(), expected());
      return Optional.empty();
    }
  }

  /**
   * A list.
   *
   * @param least how many items it has at least
   */
  record OfList<T>(Kind<T> item, int least, String expected) implements Kind<List<T>> {
    @Override
    public Optional<List<T>> read(Value value, String key, Findings findings) {
      if (!(value instanceof Value.Items(List<Value> items, Place _))) {
        findings.mismatch(value, key, value.kind(), expected);
        return Optional.empty();
      }
      if (items.size() < least) {
        findings.mismatch(value, key, "an empty list", expected);
        return Optional.empty();
      }
      var read = new ArrayList<T>();
      for (int i = 0; i < items.size(); i++) {
        item.read(items.get(i), KeyPath.item(key, i), findings).ifPresent(read::add);
      }
      return read.size() == items.size() ? Optional.of(read) : Optional.empty();
    }

    @Override
    public Value shown(Value value) {
      return value instanceof Value.Items(List<Value> items, Place place)
          ? new Value.Items(items.stream().map(item::shown).toList(), place)
          : value;
    }

    /** A text that is no TOML list is a list of that one text. */
    @Override
    public Value fromEnvironment(Value read, String raw) {
      return read instanceof Value.Items
          ? read
          : new Value.Items(List.of(item.fromEnvironment(read, raw)), read.place());
    }
  }
}
