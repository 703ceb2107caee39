package dev.slipway.plan;

import java.util.List;
import java.util.stream.Collectors;

/** The steps of one release, executed in order; the first that fails ends it. */
public record Plan(List<Step> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /** One line per step, as a dry run shows it. */
  public String describe() {
    return steps.stream().map(Step::describe).collect(Collectors.joining("\n"));
  }
}
