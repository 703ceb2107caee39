package dev.slipway.cli;

import dev.slipway.vocabulary.Printable;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command prints, and how.
 *
 * @param colour whether whoever reads can see colours
 */
record Terminal(PrintStream out, PrintStream err, boolean colour) {
  /** The process's own, in UTF-8 whatever the locale says. */
  static Terminal system(Map<String, String> environment) {
    boolean colour =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
            && !environment.containsKey("NO_COLOR")
            && !"dumb".equals(environment.get("TERM"));
    return new Terminal(utf8(FileDescriptor.out), utf8(FileDescriptor.err), colour);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Says something beside what the command is to print; each line of it is made harmless. */
  void remark(String text) {
    text.lines().map(Printable::of).forEach(err::println);
  }
}
