package dev.slipway.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
  private static final Instant AT = Instant.parse("2025-11-21T06:20:00.123456Z");
  private static final String TIME = "{\"at\":\"2025-11-21T06:20:00.123456Z\",";

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of(
            new Message.Line(AT, "built in 2s", "stdout"),
            TIME
                + "\"type\":\"output\",\"body\":{\"type\":\"line\",\"data\":\"built in"
                + " 2s\",\"stream\":\"stdout\"}}"),
        Arguments.of(
            new Message.Line(AT, "\u001b[31m\"no\"\\\u0000", "stderr"),
            TIME
                + "\"type\":\"output\",\"body\":{\"type\":\"line\","
                + "\"data\":\"\\u001B[31m\\\"no\\\"\\\\\\u0000\",\"stream\":\"stderr\"}}"),
        Arguments.of(
            new Message.Notice(AT, "checked out"),
            TIME + "\"type\":\"status\",\"body\":{\"type\":\"info\",\"data\":\"checked out\"}}"),
        Arguments.of(
            new Message.Fault(AT, "exit 1"),
            TIME + "\"type\":\"status\",\"body\":{\"type\":\"error\",\"data\":\"exit 1\"}}"),
        Arguments.of(
            new Message.Completed(AT, "rolled-back"),
            TIME
                + "\"type\":\"status\",\"body\":{\"type\":\"completed\",\"data\":\"rolled-back\"}}"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsOneLineThatReadsBack(Message message, String line) {
    assertEquals(line, MessageCodec.write(message));
    assertEquals(message, MessageCodec.read(line));
  }

  @Test
  void outputThatIsNoTextIsWrittenAllTheSame() {
    String line = MessageCodec.write(new Message.Line(AT, "half \ud834 a pair", "stdout"));

    assertEquals(new Message.Line(AT, "half \ufffd a pair", "stdout"), MessageCodec.read(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"at\":\"2025-11-21T06:20:00Z\",\"type\":\"status\",\"body\":{\"type\":\"completed\",\"da",
        "{\"at\":\"2025-11-21T06:20:00Z\",\"body\":\"completed\"}",
        "{\"at\":\"2025-11-21T06:20:00Z\",\"body\":{\"type\":\"completed\"}}",
        "{\"at\":\"2025-11-21T06:20:00Z\",\"body\":{\"type\":\"completed\",\"data\":7}}",
        "{\"at\":\"2025-11-21T06:20:00Z\",\"body\":{\"type\":\"line\",\"data\":\"x\"}}",
        "{\"at\":\"2025-11-21T06:20:00Z\",\"body\":{\"type\":\"news\",\"data\":\"x\"}}",
        "{\"at\":\"then\",\"body\":{\"type\":\"info\",\"data\":\"x\"}}",
        "{\"at\":17,\"body\":{\"type\":\"info\",\"data\":\"x\"}}"
      })
  void aTornOrForeignLineIsNoMessage(String line) {
    assertThrows(IllegalArgumentException.class, () -> MessageCodec.read(line));
  }
}
