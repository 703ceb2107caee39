package dev.slipway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @Test
  void aLineRunsUnderAShellAsItStands() {
    Command line = new Command.Shell("make build && echo \"$HOME\"");

    assertEquals(List.of("/bin/sh", "-c", "make build && echo \"$HOME\""), line.words());
    assertEquals("make build && echo \"$HOME\"", line.describe());
  }

  @Test
  void wordsRunWithoutAShellAsTheyStand() {
    Command words = new Command.Words(List.of("rsync", "-a", "two words", "", "$(id)"));

    assertEquals(List.of("rsync", "-a", "two words", "", "$(id)"), words.words());
    assertEquals("rsync -a 'two words' '' $(id)", words.describe());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void anEmptyLineIsNoCommand(String line) {
    assertThrows(IllegalArgumentException.class, () -> new Command.Shell(line));
  }

  @Test
  void noWordsAreNoCommand() {
    assertThrows(IllegalArgumentException.class, () -> new Command.Words(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Command.Words(List.of("", "x")));
  }

  @Test
  void aPlanIsToldStepByStep() {
    Plan plan =
        new Plan(
            List.of(
                Step.Run.of(new Command.Shell("make build")),
                Step.Run.of(new Command.Words(List.of("rsync", "-a", "dist/", "live/")))));

    assertEquals("run make build\nrun rsync -a dist/ live/", plan.describe());
    assertEquals("", new Plan(List.of()).describe());
  }

  @Test
  void whatAPlanIsMadeOfCannotBeChangedBehindItsBack() {
    List<String> words = new ArrayList<>(List.of("make"));
    Map<String, String> environment = new HashMap<>(Map.of("X", "1"));
    Step.Run run = new Step.Run(new Command.Words(words), Optional.empty(), environment);
    List<Step> steps = new ArrayList<>(List.of(run));
    Plan plan = new Plan(steps);

    words.add("evil");
    environment.put("X", "2");
    steps.clear();

    assertEquals(
        new Plan(
            List.of(
                new Step.Run(
                    new Command.Words(List.of("make")), Optional.empty(), Map.of("X", "1")))),
        plan);
  }
}
