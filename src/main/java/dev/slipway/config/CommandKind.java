package dev.slipway.config;

import dev.slipway.plan.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command: one text for a shell, or a list of words without one. Its text is never shown. */
record CommandKind() implements Kind<Command> {
  @Override
  public String expected() {
    return "a command: a text for /bin/sh, or a list of words that runs without a shell";
  }

  @Override
  public Optional<Command> read(Value value, String key, Findings findings) {
    return switch (value) {
      case Value.Text(String text, Place _) when isCommand(text) ->
          Optional.of(new Command.Shell(text));
      case Value.Items(List<Value> items, Place _) -> words(value, items, key, findings);
      case Value.Text _ -> wrong(value, "an empty text, or one with a NUL in it", key, findings);
      case Value.Whole _, Value.Truth _, Value.Other _, Value.Table _ ->
          wrong(value, value.kind(), key, findings);
    };
  }

  private Optional<Command> words(Value value, List<Value> items, String key, Findings findings) {
    var words = new ArrayList<String>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Value.Text(String word, Place _) && word.indexOf('\0') < 0) {
        words.add(word);
      } else {
        findings.mismatch(
            items.get(i), KeyPath.item(key, i), items.get(i).kind(), "a word in quotes");
        return Optional.empty();
      }
    }
    return words.isEmpty() || words.getFirst().isEmpty()
        ? wrong(value, "a list without a command", key, findings)
        : Optional.of(new Command.Words(words));
  }

  private Optional<Command> wrong(Value value, String found, String key, Findings findings) {
    findings.mismatch(value, key, found, expected());
    return Optional.empty();
  }

  private static boolean isCommand(String text) {
    return !text.isBlank() && text.indexOf('\0') < 0;
  }
}
