package dev.slipway.system;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What steps wrote of their begin and end, one run per line: {@code start site-1 COMMIT}, {@code
 * end site-1 COMMIT}. A run that was cut off has no end.
 */
record Marks(List<String> lines) {
  /** A step that marks its begin and its end, and does something in between. */
  static String step(Host host, String file, String between) {
    String mark =
        "echo %%s $SLIPWAY_DEPLOYMENT-$SLIPWAY_RELEASE $SLIPWAY_COMMIT >> '%s'"
            .formatted(host.marks(file));
    return mark.formatted("start") + "; " + between + "; " + mark.formatted("end");
  }

  /** The ends that came after another run had begun: those two ran at the same time. */
  List<String> overlaps() {
    List<String> overlaps = new ArrayList<>();
    String running = "";
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("start")) {
        running = words[1];
      } else if (!words[1].equals(running)) {
        overlaps.add(words[1] + " beside " + running);
      }
    }
    return overlaps;
  }

  /** The commits whose step ran to its end, at least once. */
  Set<String> commits() {
    Set<String> commits = new HashSet<>();
    for (String line : lines) {
      if (line.startsWith("end ")) {
        commits.add(line.split(" ", 3)[2]);
      }
    }
    return commits;
  }
}
