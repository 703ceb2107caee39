package dev.slipway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The faults and warnings of one reading, as they are found. When a file could not be read at all,
 * keys that seem to be missing may stand in it: then nothing is called missing.
 */
final class Findings {
  private final List<Fault> faults = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private boolean incomplete;

  void fault(Place place, String key, String found, String expected) {
    faults.add(new Fault(place, key, found, expected));
  }

  /** A fault of a whole file, after which keys may be missing that it holds. */
  void unreadable(Place place, String found, String expected) {
    incomplete = true;
    fault(place, "", found, expected);
  }

  /** A value of the wrong kind; {@code found} is what may be shown of it. */
  void mismatch(Value value, String key, String found, String expected) {
    fault(value.place(), key, "found " + found, "expected " + expected);
  }

  void missing(Place place, String key, String expected) {
    if (!incomplete) {
      fault(place, key, "missing", "expected " + expected);
    }
  }

  void warning(Place place, String key, String text) {
    warnings.add(new Warning(place, key, text));
  }

  /** By file, then by line. */
  List<Fault> faults() {
    return faults.stream()
        .sorted(
            Comparator.comparing((Fault fault) -> fault.place().source())
                .thenComparingInt(fault -> fault.place().line()))
        .distinct()
        .toList();
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }
}
