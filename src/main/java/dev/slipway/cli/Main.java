package dev.slipway.cli;

import dev.slipway.vocabulary.Quoted;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Where the program begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Terminal terminal = Terminal.system(System.getenv());
    System.exit(run(List.of(arguments), terminal));
  }

  /** Runs a command and says what the process is to end with. */
  static int run(List<String> arguments, Terminal terminal) {
    // The daemon's start is not to wait until every command has been described to the parser.
    Optional<Serve.Options> serve = Serve.Options.parse(arguments);
    if (serve.isPresent()) {
      return guarded(terminal, () -> Serve.run(serve.get(), terminal));
    }
    CommandLine line = new CommandLine(new SlipwayCommand(terminal));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((wrong, given) -> misused(wrong, terminal));
    line.setExecutionExceptionHandler((failed, command, parsed) -> explain(failed, terminal));
    return line.execute(arguments.toArray(String[]::new));
  }

  /** An act that may fail as a command may. */
  @FunctionalInterface
  interface Act {
    int run() throws Exception;
  }

  private static int guarded(Terminal terminal, Act act) {
    try {
      return act.run();
    } catch (Exception failed) {
      return explain(failed, terminal);
    }
  }

  private static int misused(CommandLine.ParameterException wrong, Terminal terminal) {
    CommandLine command = wrong.getCommandLine();
    terminal.remark("slipway: " + describe(wrong));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
      terminal.remark("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return Exit.USAGE;
  }

  /** The parser's sentence, but for numbers, of which it speaks in its own language. */
  private static String describe(CommandLine.ParameterException wrong) {
    String message = String.valueOf(wrong.getMessage());
    if (wrong.getArgSpec() == null || !message.endsWith("is not an int")) {
      return message;
    }
    String name =
        wrong.getArgSpec() instanceof OptionSpec option
            ? option.longestName()
            : wrong.getArgSpec().paramLabel();
    return "%s: found %s; expected a whole number"
        .formatted(name, Quoted.of(String.valueOf(wrong.getValue())));
  }

  private static int explain(Exception failed, Terminal terminal) {
    if (failed instanceof Exit.Early early) {
      String message = String.valueOf(early.getMessage());
      if (!message.isEmpty()) {
        terminal.remark(message);
      }
      return early.code();
    }
    terminal.remark("slipway: " + Failures.describe(failed));
    return Failures.code(failed);
  }
}
