package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.event.Message;
import dev.slipway.event.MessageCodec;
import dev.slipway.status.LogTail;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPrinterTest {
  private static final Instant AT = Instant.parse("2025-11-21T06:20:00Z");

  private static final List<LogTail.Line> LINES =
      List.of(
          line(1, new Message.Notice(AT, "step 1 of 1: run make")),
          line(2, new Message.Line(AT, "cc \u001b[31msite.c", "stdout")),
          line(3, new Message.Fault(AT, "step 1 of 1 (run make) ended with exit code 2")),
          line(4, new Message.Completed(AT, "failed")));

  private static LogTail.Line line(long number, Message message) {
    return new LogTail.Line(number, MessageCodec.write(message), message);
  }

  private static String shown(Screen screen, boolean json) {
    new LogPrinter(screen.terminal(), json, () -> {}).take(LINES);
    return screen.out();
  }

  @Test
  void eachKindOfMessageIsToldFromTheOthers() {
    assertEquals(
        """
        -- step 1 of 1: run make
        cc site.c
        !! step 1 of 1 (run make) ended with exit code 2
        == failed
        """,
        shown(Screen.plain(), false));
  }

  @Test
  void onATerminalTheyHaveColours() {
    assertEquals(
        "\u001b[2m-- step 1 of 1: run make\u001b[0m\n"
            + "cc \u001b[31msite.c\u001b[0m\n"
            + "\u001b[31m!! step 1 of 1 (run make) ended with exit code 2\u001b[0m\n"
            + "\u001b[31m== failed\u001b[0m\n",
        shown(Screen.coloured(), false));
  }

  @Test
  void asJsonTheyAreWhatStandsInTheFile() {
    String stored = String.join("\n", LINES.stream().map(LogTail.Line::json).toList()) + "\n";
    assertEquals(stored, shown(Screen.coloured(), true));
  }
}
