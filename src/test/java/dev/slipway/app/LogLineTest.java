package dev.slipway.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody but Slipway begins a line of the log. */
class LogLineTest {
  private static final Logger LOGGER = new LoggerContext().getLogger("dev.slipway.deploy.Releases");

  private static String line(String message, @Nullable Throwable thrown, Object... arguments) {
    LoggingEvent event = new LoggingEvent("here", LOGGER, Level.INFO, message, thrown, arguments);
    event.setInstant(Instant.parse("2026-11-21T10:00:00.123Z"));
    return new LogLine().doLayout(event);
  }

  @Test
  void aLineSaysWhenHowBadWhoAndWhat() {
    String line = line("started deployment={} ref={}", null, "web", "refs/heads/mün");
    assertTrue(
        line.matches(
            "2026-11-21T\\d\\d:\\d\\d:00\\.123(Z|[+-]\\d\\d:\\d\\d) INFO  Releases started"
                + " deployment=web ref=refs/heads/mün\n"),
        line);
  }

  @Test
  void aMessageIsOneLineWhateverItHolds() {
    String line =
        line("ref={}", null, "x\n2026 INFO  Releases forged\r\u001b[2J\u009b2J\u202e\u2028\u0000");
    assertEquals(1, line.lines().count());
    assertTrue(
        line.endsWith(
            "ref=x\\u000a2026 INFO  Releases"
                + " forged\\u000d\\u001b[2J\\u009b2J\\u202e\\u2028\\u0000\n"),
        line);
  }

  @Test
  void aTraceIsIndentedWhateverItsMessageHolds() {
    String text =
        line(
            "a fault",
            new IllegalStateException(
                "a\n2026 INFO  forged\u001b]0;x\u0007",
                new IllegalArgumentException("b\nc\u009b")));
    List<String> lines = text.lines().toList();
    assertTrue(lines.size() > 5, text);
    assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith("\t")), text);
    assertTrue(text.contains("\t2026 INFO  forged\\u001b]0;x\\u0007\n"), text);
    assertTrue(text.contains("c\\u009b\n"), text);
    assertEquals(-1, text.indexOf('\u001b'));
  }
}
