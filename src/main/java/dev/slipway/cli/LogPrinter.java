package dev.slipway.cli;

import dev.slipway.event.Message;
import dev.slipway.status.LogTail;
import dev.slipway.status.ReleaseLogs;
import dev.slipway.vocabulary.Printable;
import java.io.IOException;
import java.util.List;

/** Shows a release's messages as they come. */
final class LogPrinter implements ReleaseLogs.Follower {
  private final Terminal terminal;
  private final boolean json;
  private final Rest rest;

  /** What is done between two looks at a log that does not grow. */
  @FunctionalInterface
  interface Rest {
    void rest() throws IOException, InterruptedException;
  }

  LogPrinter(Terminal terminal, boolean json, Rest rest) {
    this.terminal = terminal;
    this.json = json;
    this.rest = rest;
  }

  @Override
  public void take(List<LogTail.Line> lines) {
    for (LogTail.Line line : lines) {
      terminal.out().println(json ? line.json() : show(line.message()));
    }
  }

  private String show(Message message) {
    return switch (message) {
      case Message.Line(var at, String data, String stream) ->
          ProgramLine.show(data, terminal.colour());
      case Message.Notice(var at, String data) ->
          Ink.FAINT.paint("-- " + Printable.of(data), terminal.colour());
      case Message.Fault(var at, String data) ->
          Ink.BAD.paint("!! " + Printable.of(data), terminal.colour());
      case Message.Completed(var at, String state) ->
          Ink.of(state).paint("== " + Printable.of(state), terminal.colour());
    };
  }

  @Override
  public void rest() throws IOException, InterruptedException {
    rest.rest();
  }
}
