package dev.slipway.config;

import dev.slipway.vocabulary.Quoted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A value of a TOML document, with the place it was written at. */
sealed interface Value {
  Place place();

  /** What it is, in an operator's words; says nothing of its content. */
  String kind();

  /** What it says, for a message; of what holds other values only what it is. */
  default String brief() {
    return switch (this) {
      case Text(String text, Place _) -> Quoted.of(text);
      case Whole(long number, Place _) -> Long.toString(number);
      case Truth(boolean truth, Place _) -> Boolean.toString(truth);
      case Other _, Items _, Table _ -> kind();
    };
  }

  record Text(String text, Place place) implements Value {
    @Override
    public String kind() {
      return "a text";
    }
  }

  record Whole(long number, Place place) implements Value {
    @Override
    public String kind() {
      return "a whole number";
    }
  }

  record Truth(boolean truth, Place place) implements Value {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** What no key takes: a fraction, a date, a number beyond all bounds. */
  record Other(String kind, Place place) implements Value {}

  record Items(List<Value> items, Place place) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys in the order they were written. */
  record Table(SequencedMap<String, Value> entries, Place place) implements Value {
    public Table {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    static Table empty(Place place) {
      return new Table(new LinkedHashMap<>(), place);
    }

    Optional<Value> find(String name) {
      return Optional.ofNullable(entries.get(name));
    }

    /** The table of this name; an empty one where there is none. */
    Table table(String name) {
      return entries.get(name) instanceof Table table ? table : empty(place);
    }

    /** This table with one entry set. */
    Table with(String name, Value value) {
      var changed = new LinkedHashMap<>(entries);
      changed.put(name, value);
      return new Table(changed, place);
    }

    Table without(String name) {
      var changed = new LinkedHashMap<>(entries);
      changed.remove(name);
      return new Table(changed, place);
    }

    /** The tables among the entries. */
    Map<String, Table> tables() {
      var tables = new LinkedHashMap<String, Table>();
      entries.forEach((name, value) -> {
        if (value instanceof Table table) {
          tables.put(name, table);
        }
      });
      return tables;
    }

    @Override
    public String kind() {
      return "a table";
    }
  }
}
