package dev.slipway.config;

import java.util.LinkedHashMap;
import java.util.List;

/** Several tables made one: tables are merged deep, of everything else the later value wins. */
final class Layers {
  private Layers() {}

  static Value.Table merge(List<Value.Table> layers) {
    return layers.stream()
        .reduce((earlier, later) -> over("", earlier, later))
        .orElseGet(() -> Value.Table.empty(Place.ofDefault()));
  }

  /**
   * A secret and the name of the file that holds it are two forms of one key: the later form takes
   * the earlier one's place.
   */
  private static Value.Table over(String path, Value.Table earlier, Value.Table later) {
    var merged = new LinkedHashMap<>(earlier.entries());
    later
        .entries()
        .forEach((name, value) -> {
          Schema.otherForm(path, name)
              .filter(form -> !later.entries().containsKey(form))
              .ifPresent(merged::remove);
          merged.merge(name, value, (below, above) -> over(path, name, below, above));
        });
    return new Value.Table(merged, earlier.place());
  }

  private static Value over(String path, String name, Value earlier, Value later) {
    return earlier instanceof Value.Table below && later instanceof Value.Table above
        ? over(KeyPath.join(path, name), below, above)
        : later;
  }
}
