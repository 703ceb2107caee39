package dev.slipway.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A terminal that remembers what was printed. */
final class Screen {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private Screen(boolean colour) {
    terminal = new Terminal(stream(out), stream(err), colour);
  }

  static Screen plain() {
    return new Screen(false);
  }

  static Screen coloured() {
    return new Screen(true);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  Terminal terminal() {
    return terminal;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Runs a command line, and says what the process would end with. */
  int run(String... arguments) {
    return Main.run(List.of(arguments), terminal);
  }
}
