package dev.slipway.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads one line of a release's log:
 *
 * <pre>{"at":…,"type":"output","body":{"type":"line","data":"…","stream":"stdout"}}
 * {"at":…,"type":"status","body":{"type":"info"|"error"|"completed","data":"…"}}</pre>
 */
public final class MessageCodec {
  private MessageCodec() {}

  /** The message as one line of JSON, without the line's end. */
  public static String write(Message message) {
    return switch (message) {
      case Message.Line(Instant at, String data, String stream) ->
          line(
              at,
              "output",
              new JsonObject().with("type", "line").with("data", data).with("stream", stream));
      case Message.Notice(Instant at, String data) -> status(at, "info", data);
      case Message.Fault(Instant at, String data) -> status(at, "error", data);
      case Message.Completed(Instant at, String state) -> status(at, "completed", state);
    };
  }

  private static String status(Instant at, String type, String data) {
    return line(at, "status", new JsonObject().with("type", type).with("data", data));
  }

  private static String line(Instant at, String type, JsonObject body) {
    return new JsonObject()
        .with("at", at.truncatedTo(ChronoUnit.MICROS))
        .with("type", type)
        .with("body", body)
        .toString();
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is no message, such as the torn last line of a release
   *     that a power cut ended
   */
  public static Message read(String line) {
    Map<String, @Nullable Object> message = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
    if (!(message.get("body") instanceof Map<?, ?> body)) {
      throw new IllegalArgumentException("a message has no body");
    }
    Instant at = instant(text(message.get("at")));
    String data = text(body.get("data"));
    return switch (text(body.get("type"))) {
      case "line" -> new Message.Line(at, data, text(body.get("stream")));
      case "info" -> new Message.Notice(at, data);
      case "error" -> new Message.Fault(at, data);
      case "completed" -> new Message.Completed(at, data);
      default -> throw new IllegalArgumentException("a message of an unknown type");
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("a message's time is not RFC 3339", malformed);
    }
  }

  private static String text(@Nullable Object member) {
    if (member instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a message lacks a member");
  }
}
