package dev.slipway.app;

import java.util.List;
import java.util.stream.Stream;

/**
 * How well events can be accepted and worked off; each a sentence for an operator, without its full
 * stop.
 *
 * @param obstacles why they cannot; none: they can
 * @param flaws what is worse than it should be although they can
 */
public record Health(List<String> obstacles, List<String> flaws) {
  /** What a flaw's line begins with; any other line is an obstacle. */
  private static final String FLAW = "degraded: ";

  public Health {
    obstacles = List.copyOf(obstacles);
    flaws = List.copyOf(flaws);
  }

  /** That they cannot, for one reason. */
  static Health hinderedBy(String obstacle) {
    return new Health(List.of(obstacle), List.of());
  }

  /** One line for each, as {@link #parse} reads it. */
  String text() {
    return String.join(
        "\n", Stream.concat(obstacles.stream(), flaws.stream().map(FLAW::concat)).toList());
  }

  static Health parse(String text) {
    return new Health(
        text.lines().filter(line -> !line.startsWith(FLAW)).toList(),
        text.lines()
            .filter(line -> line.startsWith(FLAW))
            .map(line -> line.substring(FLAW.length()))
            .toList());
  }
}
