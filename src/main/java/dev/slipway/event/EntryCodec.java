package dev.slipway.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.vocabulary.EventId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes and reads the file of an entry; its form stands in the package's description. */
public final class EntryCodec {
  /** The largest entry that is read: GitHub's cap of 25 MiB, escaped, and room for its head. */
  public static final long LIMIT = 64L << 20;

  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private static final byte[] CLOSING = {'}', '\n'};

  private EntryCodec() {}

  /** What stands in an entry besides its payload. */
  public record Head(
      EventId id, String kind, Instant receivedAt, Source source, Optional<String> remote) {}

  /**
   * An entry's bytes.
   *
   * @param payload one JSON object in UTF-8, which goes into the entry byte for byte
   */
  public static byte[] write(Head head, byte[] payload) {
    String start =
        new JsonObject()
            .with("id", head.id())
            .with("event", head.kind())
            .with("received_at", NANOSECONDS.format(head.receivedAt()))
            .with("source", head.source().word())
            .with("remote", head.remote())
            .toString();
    byte[] opening =
        (start.substring(0, start.length() - 1) + ",\"payload\":").getBytes(StandardCharsets.UTF_8);
    // One copy, not two: a payload may be as large as the heap allows.
    byte[] entry = Arrays.copyOf(opening, opening.length + payload.length + CLOSING.length);
    System.arraycopy(payload, 0, entry, opening.length, payload.length);
    System.arraycopy(CLOSING, 0, entry, opening.length + payload.length, CLOSING.length);
    return entry;
  }

  /**
   * Reads an entry as it streams by: a large payload is never in memory whole.
   *
   * @throws UnreadableEntry when it is none, in words for an operator
   * @throws IOException when it could not be read at all
   */
  public static Event read(InputStream entry) throws UnreadableEntry, IOException {
    EntryDraft draft = new EntryDraft();
    try (JsonParser in = Json.entryParser(entry)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableEntry("it is not a JSON object");
      }
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        draft.take(name, in);
      }
      Json.requireEnd(in);
      return draft.finish();
    } catch (IllegalArgumentException invalid) {
      throw new UnreadableEntry(String.valueOf(invalid.getMessage()));
    } catch (IOException failed) {
      if (Json.isMalformed(failed)) {
        throw new UnreadableEntry("it is " + Json.describe(failed));
      }
      throw failed;
    }
  }

  /** The same for an entry that is in memory. */
  public static Event read(byte[] entry) throws UnreadableEntry {
    try {
      return read(new ByteArrayInputStream(entry));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The members of an entry while they are being read, in whatever order they come. */
  private static final class EntryDraft {
    private @Nullable String id;
    private @Nullable String kind;
    private @Nullable String receivedAt;
    private @Nullable String source;
    private @Nullable String remote;
    private @Nullable PushDraft payload;

    void take(String name, JsonParser in) throws IOException {
      switch (name) {
        case "id" -> id = text(name, in);
        case "event" -> kind = text(name, in);
        case "received_at" -> receivedAt = text(name, in);
        case "source" -> source = text(name, in);
        case "remote" -> remote = text(name, in);
        case "payload" -> payload = PushDraft.read(in);
        default -> in.skipChildren();
      }
    }

    Event finish() throws UnreadableEntry {
      PushDraft body = require("payload", payload);
      String event = require("event", kind);
      String origin = require("source", source);
      return new Event(
          new EventId(require("id", id)),
          instant(require("received_at", receivedAt)),
          Source.of(origin).orElseThrow(() -> new UnreadableEntry("its source is unknown")),
          Optional.ofNullable(remote),
          switch (event) {
            case "push" -> body.finish();
            case "ping" -> new Event.Ping();
            default -> new Event.Other(event);
          });
    }

    private static Instant instant(String text) throws UnreadableEntry {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException malformed) {
        throw new UnreadableEntry("its received_at is not an RFC 3339 time");
      }
    }
  }

  /** A member's text; null for null. */
  private static @Nullable String text(String member, JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_NULL -> null;
      case null, default ->
          throw new IllegalArgumentException("its \"" + member + "\" is not a text");
    };
  }

  static <T> T require(String member, @Nullable T value) throws UnreadableEntry {
    if (value == null) {
      throw new UnreadableEntry("it has no \"" + member + "\"");
    }
    return value;
  }
}
