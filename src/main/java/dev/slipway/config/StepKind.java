package dev.slipway.config;

import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import java.util.Map;
import java.util.Optional;

/** A step: a command, or a table that gives one a time limit and an environment. */
record StepKind() implements Kind<Step.Run> {
  private static final CommandKind COMMAND = new CommandKind();

  @Override
  public String expected() {
    return "a step: a text, a list of words, or a table such as { run = \"make\", timeout = \"2m\""
        + " }";
  }

  @Override
  public Value shown(Value value) {
    return value instanceof Value.Table table && table.find("env").isPresent()
        ? table.with("env", new EnvKind().shown(table.table("env")))
        : value;
  }

  @Override
  public Optional<Step.Run> read(Value value, String key, Findings findings) {
    return switch (value) {
      case Value.Text _, Value.Items _ -> COMMAND.read(value, key, findings).map(Step.Run::of);
      case Value.Table table -> full(table, key, findings);
      case Value.Whole _, Value.Truth _, Value.Other _ -> {
        findings.mismatch(value, key, value.kind(), expected());
        yield Optional.empty();
      }
    };
  }

  private static Optional<Step.Run> full(Value.Table table, String key, Findings findings) {
    Check.keys(DeploymentKeys.STEP, key, table, findings);
    var step = new Section(table);
    Optional<Command> command = step.find(DeploymentKeys.RUN);
    Map<String, String> environment = step.find(DeploymentKeys.STEP_ENV).orElse(Map.of());
    return command.map(
        run -> new Step.Run(run, step.find(DeploymentKeys.STEP_TIMEOUT), environment));
  }
}
