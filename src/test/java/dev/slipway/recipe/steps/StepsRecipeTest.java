package dev.slipway.recipe.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.plan.Command;
import dev.slipway.plan.Facts;
import dev.slipway.plan.Plan;
import dev.slipway.plan.Step;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepsRecipeTest {
  private static final Facts FACTS =
      new Facts(
          new Slug("website"),
          new RepositoryName("example/website"),
          GitRef.ofBranch("$(id)"),
          new CommitId("ab".repeat(20)),
          Optional.empty(),
          new ReleaseNumber(1),
          Path.of("/srv/website"));

  @Test
  void thePlanIsTheConfiguredStepsInTheirOrderWhateverThePushSays() {
    List<Step.Run> steps =
        List.of(
            Step.Run.of(new Command.Shell("make build")),
            new Step.Run(
                new Command.Words(List.of("make", "smoke")),
                Optional.of(Duration.ofMinutes(2)),
                Map.of("X", "1")));
    StepsRecipe recipe = new StepsRecipe(steps);

    assertEquals(new Plan(List.copyOf(steps)), recipe.plan(FACTS));
    assertEquals("steps", recipe.name());
  }

  @Test
  void withoutStepsThereIsNothingToRun() {
    assertEquals(new Plan(List.of()), new StepsRecipe(List.of()).plan(FACTS));
  }
}
