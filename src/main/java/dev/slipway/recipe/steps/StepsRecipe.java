package dev.slipway.recipe.steps;

import dev.slipway.plan.Facts;
import dev.slipway.plan.Plan;
import dev.slipway.plan.Recipe;
import dev.slipway.plan.Step;
import java.util.List;

/** Runs the configured commands one after the other; the first that fails ends the release. */
public record StepsRecipe(List<Step.Run> steps) implements Recipe {
  public StepsRecipe {
    steps = List.copyOf(steps);
  }

  @Override
  public String name() {
    return "steps";
  }

  @Override
  public Plan plan(Facts facts) {
    return new Plan(List.copyOf(steps));
  }
}
