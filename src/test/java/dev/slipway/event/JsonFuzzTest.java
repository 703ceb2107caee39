package dev.slipway.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.fuzz.Fuzz;
import dev.slipway.fuzz.Nasty;
import dev.slipway.fuzz.Payloads;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Printable;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes come: a value, or a refusal that can be shown; never another exception. */
@Timeout(600)
class JsonFuzzTest {
  private static final EntryCodec.Head HEAD =
      new EntryCodec.Head(
          new EventId("the-right-id"), "push", Instant.EPOCH, Source.WEBHOOK, Optional.empty());
  private static final JsonMapper OTHER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  @Test
  void aPayloadStaysInItsPlaceAndMeansWhatItMeansToOthers() {
    Fuzz.check(
        2_000,
        random -> {
          byte[] payload = Payloads.mutated(random);
          if (isAccepted(payload)) {
            Optional<Event> event = read(EntryCodec.write(HEAD, payload));
            if (event.isPresent()) {
              assertEquals(HEAD.id(), event.get().id());
              assertEquals(Source.WEBHOOK, event.get().source());
              assertSameMeaning(OTHER.readTree(payload), (Push) event.get().content());
            }
          }
        });
  }

  private static void assertSameMeaning(JsonNode payload, Push push) {
    assertEquals(payload.at("/ref").textValue(), push.ref().value());
    assertEquals(payload.at("/repository/full_name").textValue(), push.repository().value());
    push.commit()
        .ifPresent(commit -> assertEquals(payload.at("/after").textValue(), commit.value()));
  }

  private static boolean isAccepted(byte[] payload) {
    try {
      Json.requireObject(payload);
      return true;
    } catch (IllegalArgumentException refused) {
      assertShowable(refused);
      return false;
    }
  }

  private static Optional<Event> read(byte[] entry) {
    try {
      return Optional.of(EntryCodec.read(entry));
    } catch (UnreadableEntry refused) {
      assertShowable(refused);
      return Optional.empty();
    }
  }

  private static void assertShowable(Exception refused) {
    String reason = String.valueOf(refused.getMessage());
    assertEquals(Printable.of(reason), reason);
    assertTrue(reason.length() < 500, reason);
  }

  @Test
  void anEntryIsAnEventOrRefused() {
    Fuzz.check(
        2_000,
        random -> {
          byte[] entry = Payloads.mutated(random, EntryCodec.write(HEAD, Payloads.any(random)));
          read(entry).ifPresent(event -> assertTrue(event.id().value().length() <= 64));
          read(Nasty.bytes(random, 200));
        });
  }

  @Test
  void aDocumentThatIsReadIsWrittenAndReadAgain() {
    Fuzz.check(
        1_000,
        random -> {
          byte[] document = Payloads.mutated(random);
          try {
            String written = Json.write(Json.readObject(document));
            assertEquals(Printable.of(written), written);
            assertEquals(written, Json.write(Json.readObject(written.getBytes(UTF_8))));
          } catch (IllegalArgumentException refused) {
            assertShowable(refused);
          }
        });
  }

  @Test
  void aLineOfALogIsAMessageOrNone() {
    String line =
        MessageCodec.write(new Message.Line(Instant.EPOCH, "cc -o site site.c", "stdout"));
    Fuzz.check(
        1_000,
        random -> {
          String torn = torn(random, line);
          try {
            Message message = MessageCodec.read(torn);
            // Once more: half a surrogate pair does not outlive the first writing.
            Message again = MessageCodec.read(MessageCodec.write(message));
            assertEquals(again, MessageCodec.read(MessageCodec.write(again)));
          } catch (IllegalArgumentException none) {
            assertShowable(none);
          }
        });
  }

  private static String torn(RandomGenerator random, String line) throws IOException {
    return new String(Payloads.mutated(random, line.getBytes(UTF_8)), UTF_8);
  }
}
