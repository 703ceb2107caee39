package dev.slipway.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of an entry's file, held by one golden file per kind of entry. */
class EntryCodecTest {
  private static final RepositoryName WEBSITE = new RepositoryName("example/website");
  private static final CommitId COMMIT = new CommitId("0f3c1b2a4d5e6f708192a3b4c5d6e7f8091a2b3c");
  private static final CommitId BEFORE = new CommitId("6113728f27ae82c7b1a177c8d03f9e96e0adf246");
  private static final GitRef MAIN = GitRef.ofBranch("main");

  private static final EntryCodec.Head HEAD =
      new EntryCodec.Head(
          new EventId("72d3162e-cc78-11e3-81ab-4c9367dc0958"),
          "push",
          Instant.parse("2025-11-21T06:20:00.123456789Z"),
          Source.WEBHOOK,
          Optional.of("192.0.2.7"));

  private static Push push(
      Push.Change change, Optional<CommitId> commit, Optional<CommitId> before) {
    return new Push(WEBSITE, MAIN, change, commit, before, Optional.empty());
  }

  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(
            "v1-push.json",
            new Event(
                HEAD.id(),
                HEAD.receivedAt(),
                Source.WEBHOOK,
                Optional.of("192.0.2.7"),
                push(Push.Change.MOVED, Optional.of(COMMIT), Optional.of(BEFORE)))),
        Arguments.of(
            "v1-push-deleted.json",
            new Event(
                new EventId("72d3162e-cc78-11e3-81ab-000000000002"),
                Instant.parse("2025-11-21T06:20:00Z"),
                Source.WEBHOOK,
                Optional.of("2001:db8::7"),
                new Push(
                    WEBSITE,
                    GitRef.ofBranch("gone"),
                    Push.Change.DELETED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))),
        Arguments.of(
            "v1-push-cli.json",
            new Event(
                new EventId("b7a0c5b2-0000-4000-8000-000000000003"),
                Instant.parse("2025-11-21T06:20:01.000000001Z"),
                Source.CLI,
                Optional.empty(),
                new Push(
                    WEBSITE,
                    MAIN,
                    Push.Change.MOVED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("once more, with \"feeling\"")))),
        Arguments.of(
            "v1-push-reconcile.json",
            new Event(
                new EventId("reconcile-0f3c1b2"),
                Instant.parse("2025-11-21T06:20:02.5Z"),
                Source.RECONCILE,
                Optional.empty(),
                push(Push.Change.MOVED, Optional.of(COMMIT), Optional.empty()))),
        Arguments.of(
            "v1-ping.json",
            new Event(
                new EventId("72d3162e-cc78-11e3-81ab-000000000004"),
                Instant.parse("2025-11-21T06:20:03Z"),
                Source.WEBHOOK,
                Optional.of("192.0.2.7"),
                new Event.Ping())),
        Arguments.of(
            "v1-issues.json",
            new Event(
                new EventId("72d3162e-cc78-11e3-81ab-000000000005"),
                Instant.parse("2025-11-21T06:20:04Z"),
                Source.WEBHOOK,
                Optional.of("192.0.2.7"),
                new Event.Other("issues"))));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void whatWasStoredOnceIsReadForEver(String file, Event event) throws Exception {
    assertEquals(event, EntryCodec.read(goldenFile(file)));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void anEntryIsStillWrittenByteForByteAsItWas(String file, Event event) throws Exception {
    byte[] entry = goldenFile(file);
    byte[] payload = payloadOf(entry);

    EntryCodec.Head head =
        new EntryCodec.Head(
            event.id(), event.content().kind(), event.receivedAt(), event.source(), event.remote());

    assertEquals(new String(entry, UTF_8), new String(EntryCodec.write(head, payload), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { \"a\" : [ 1.0e+400 , -0 , 12345678901234567890123 ] } ",
        "{\"b\":1,\"a\":2,\"A\":3}",
        "{\"t\":\"\\u00e9 é \\ud834\\udd1e \\/ \\u0000\"}",
        "\r\n{\"a\":\"b\"}\n"
      })
  void aPayloadIsKeptByteForByte(String payload) {
    byte[] entry = EntryCodec.write(HEAD, payload.getBytes(UTF_8));

    assertArrayEquals(payload.getBytes(UTF_8), payloadOf(entry));
    Json.requireObject(entry);
  }

  @Test
  void membersMayComeInAnyOrderWithOthersBetween() throws Exception {
    String entry =
        """
        {"payload": {"repository": {"full_name": "example/website"}, "x": [{"ref": 1}], "ref": "refs/heads/main"},
         "extra": {"id": "no", "event": ["no"]}, "remote": null, "source": "cli",
         "received_at": "2025-11-21T06:20:00Z", "event": "push", "id": "a"}
        """;

    Event event = EntryCodec.read(entry.getBytes(UTF_8));

    assertEquals(new EventId("a"), event.id());
    assertEquals(push(Push.Change.MOVED, Optional.empty(), Optional.empty()), event.content());
  }

  /** Others would read the one or the other: nobody may be told what was not meant. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"id\":\"a\"}",
        "{\"id\":\"a\",\"\\u0069d\":\"b\"}",
        "{\"payload\":{},\"id\":\"a\",\"payload\":{}}",
        "{\"payload\":{\"ref\":\"refs/heads/a\",\"ref\":\"refs/heads/b\"}}",
        "{\"payload\":{\"repository\":{\"full_name\":\"a/b\",\"x\":1,\"full_name\":\"a/c\"}}}",
        "{\"payload\":{\"x\":[{\"y\":1,\"y\":1}]}}"
      })
  void aMemberThatIsThereTwiceIsRefused(String entry) {
    var refusal = assertThrows(UnreadableEntry.class, () -> EntryCodec.read(entry.getBytes(UTF_8)));

    String reason = String.valueOf(refusal.getMessage());
    assertTrue(reason.startsWith("it is ambiguous, a member is there twice, at line 1"), reason);
  }

  private static final String PUSH =
      "{\"ref\":\"refs/heads/main\",\"after\":\"0f3c1b2a4d5e6f708192a3b4c5d6e7f8091a2b3c\","
          + "\"repository\":{\"full_name\":\"example/website\"}}";

  private static final List<String> HEAD_MEMBERS =
      List.of(
          "\"id\":\"a\",",
          "\"event\":\"push\",",
          "\"received_at\":\"2025-11-21T06:20:00Z\",",
          "\"source\":\"cli\",",
          "\"remote\":null,");

  /** An entry in which {@code more} stands in the place of the head's member of the same name. */
  private static byte[] entry(String more, String payload) {
    String head =
        HEAD_MEMBERS.stream()
            .filter(member -> !more.startsWith(member.substring(0, member.indexOf(':'))))
            .collect(Collectors.joining());
    return ("{" + head + more + "\"payload\":" + payload + "}").getBytes(UTF_8);
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of("", "it is not a JSON object"),
        Arguments.of("[]", "it is not a JSON object"),
        Arguments.of("\"text\"", "it is not a JSON object"),
        Arguments.of("this is no JSON", "it is not JSON at line 1, column 1"),
        Arguments.of("{}", "it has no \"payload\""),
        Arguments.of("{\"payload\":{}}", "it has no \"event\""),
        Arguments.of("{\"payload\":{},\"event\":\"ping\"}", "it has no \"source\""),
        Arguments.of(text("\"id\":null,", PUSH), "it has no \"id\""),
        Arguments.of(text("\"id\":17,", PUSH), "its \"id\" is not a text"),
        Arguments.of(text("\"id\":{\"event\":\"ping\"},", PUSH), "its \"id\" is not a text"),
        Arguments.of(text("\"event\":[\"push\"],", PUSH), "its \"event\" is not a text"),
        Arguments.of(text("\"remote\":true,", PUSH), "its \"remote\" is not a text"),
        Arguments.of(
            text("\"id\":\"../x\",", PUSH),
            "an event id is 1 to 64 letters, digits and hyphens, not \"../x\""),
        Arguments.of(
            text("\"received_at\":\"yesterday\",", PUSH),
            "its received_at is not an RFC 3339 time"),
        Arguments.of(text("\"source\":\"carrier pigeon\",", PUSH), "its source is unknown"),
        Arguments.of(text("", "null"), "its payload is not a JSON object"),
        Arguments.of(text("", "[]"), "its payload is not a JSON object"),
        Arguments.of(text("", "{}"), "it has no \"payload.ref\""),
        Arguments.of(
            text("", "{\"ref\":\"refs/heads/main\"}"),
            "it has no \"payload.repository.full_name\""),
        Arguments.of(
            text("", "{\"ref\":\"refs/heads/main\",\"repository\":\"example/website\"}"),
            "it has no \"payload.repository.full_name\""),
        Arguments.of(
            text("", "{\"ref\":{\"deleted\":true}}"), "its payload.ref is of a wrong type"),
        Arguments.of(text("", "{\"after\":17}"), "its payload.after is of a wrong type"),
        Arguments.of(
            text("", "{\"deleted\":{\"ref\":\"refs/heads/main\"}}"),
            "its payload.deleted is of a wrong type"),
        Arguments.of(
            text("", "{\"repository\":{\"full_name\":[]}}"),
            "its payload.repository.full_name is of a wrong type"),
        Arguments.of(
            text("", PUSH.replace("refs/heads/main", "--upload-pack=x")),
            "a git reference begins with refs/ and follows git check-ref-format, not"
                + " \"--upload-pack=x\""),
        Arguments.of(
            text("", PUSH.replace("0f3c1b2", "$(id)")),
            "a commit is 40 or 64 hexadecimal digits, not"
                + " \"$(id)a4d5e6f708192a3b4c5d6e7f8091a2b3c\""),
        Arguments.of(
            text("", PUSH.replace("example/website", "../website")),
            "a repository is written owner/name, not \"../website\""),
        Arguments.of(text("", PUSH) + "{}", "something follows the JSON object"));
  }

  private static String text(String more, String payload) {
    return new String(entry(more, payload), UTF_8);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatIsNoEntryIsRefusedInPlainWords(String entry, String reason) {
    var refusal = assertThrows(UnreadableEntry.class, () -> EntryCodec.read(entry.getBytes(UTF_8)));

    assertEquals(reason, refusal.getMessage());
  }

  @Test
  void anEntryCutOffAnywhereIsNone() throws IOException {
    byte[] entry = goldenFile("v1-push.json");
    for (int length = 0; length < entry.length - 2; length++) {
      byte[] start = Arrays.copyOf(entry, length);
      assertThrows(UnreadableEntry.class, () -> EntryCodec.read(start), "cut at " + length);
    }
  }

  @Test
  void anEntryThatIsNotUtf8IsNone() {
    byte[] entry = text("", PUSH.replace("main", "mün")).getBytes(ISO_8859_1);

    var refusal = assertThrows(UnreadableEntry.class, () -> EntryCodec.read(entry));

    assertEquals("it is not UTF-8", refusal.getMessage());
  }

  @Test
  void aPayloadAsDeepAsTheListenerTakesIsRead() throws Exception {
    int depth = Json.DEPTH - 1;
    String payload =
        PUSH.substring(0, PUSH.length() - 1)
            + ",\"x\":"
            + "[".repeat(depth)
            + "]".repeat(depth)
            + "}";
    Json.requireObject(payload.getBytes(UTF_8));

    assertEquals(HEAD.id(), EntryCodec.read(EntryCodec.write(HEAD, payload.getBytes(UTF_8))).id());
  }

  @Test
  void aDepthBombIsDefused() {
    byte[] bomb = entry("", "{\"x\":" + "[".repeat(1_000_000));

    assertThrows(UnreadableEntry.class, () -> EntryCodec.read(bomb));
  }

  @Test
  void aPayloadOf25MebibytesIsReadInLittleMemory() throws Exception {
    long size = 25L << 20;
    byte[] piece = ("{\"message\":\"" + "long text ".repeat(400) + "\"},").getBytes(UTF_8);
    byte[] opening = "{\"id\":\"a\",\"payload\":{\"commits\":[".getBytes(UTF_8);
    byte[] rest =
        ("null],\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":\"example/website\"}},"
             + "\"event\":\"push\",\"source\":\"webhook\",\"received_at\":\"2025-11-21T06:20:00Z\"}")
            .getBytes(UTF_8);
    InputStream entry =
        new SequenceInputStream(
            new SequenceInputStream(new ByteArrayInputStream(opening), repeated(piece, size)),
            new ByteArrayInputStream(rest));
    var memory =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();

    Event event = EntryCodec.read(entry);

    long allocated = memory.getCurrentThreadAllocatedBytes() - before;
    assertEquals(new EventId("a"), event.id());
    assertTrue(allocated < size / 4, "allocated " + allocated);
  }

  /** {@code piece} again and again, {@code size} bytes in all or a little more. */
  private static InputStream repeated(byte[] piece, long size) {
    return new InputStream() {
      private long given;

      @Override
      public int read() {
        int next =
            given < size || given % piece.length > 0 ? piece[(int) (given % piece.length)] : -1;
        given++;
        return next;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int filled = 0;
        while (filled < length) {
          int next = read();
          if (next < 0) {
            given--;
            return filled == 0 ? -1 : filled;
          }
          buffer[offset + filled++] = (byte) next;
        }
        return filled;
      }
    };
  }

  @Test
  void aDiskThatFailsMidwayIsNotBlamedOnTheEntry() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    InputStream broken =
        new SequenceInputStream(new ByteArrayInputStream("{\"id\":".getBytes(UTF_8)), closed);

    assertThrows(IOException.class, () -> EntryCodec.read(broken));
  }

  @Test
  void theTimeIsWrittenWithAllNineDigits() {
    byte[] entry =
        EntryCodec.write(
            new EntryCodec.Head(
                new EventId("a"),
                "ping",
                Instant.parse("2025-11-21T06:20:00Z"),
                Source.CLI,
                Optional.empty()),
            "{}".getBytes(UTF_8));

    assertTrue(new String(entry, UTF_8).contains("\"2025-11-21T06:20:00.000000000Z\""));
  }

  @Test
  void anEventsKindIsEscaped() throws Exception {
    EntryCodec.Head head =
        new EntryCodec.Head(
            new EventId("a"),
            "x\",\"id\":\"b\u001b",
            HEAD.receivedAt(),
            Source.CLI,
            Optional.empty());

    Event event = EntryCodec.read(EntryCodec.write(head, "{}".getBytes(UTF_8)));

    assertEquals(new EventId("a"), event.id());
    assertEquals(head.kind(), event.content().kind());
    assertFalse(new String(EntryCodec.write(head, new byte[0]), UTF_8).contains("\u001b"));
  }

  private static byte[] goldenFile(String name) throws IOException {
    try (InputStream in =
        Optional.ofNullable(EntryCodecTest.class.getResourceAsStream("/entries/" + name))
            .orElseThrow()) {
      return in.readAllBytes();
    }
  }

  private static byte[] payloadOf(byte[] entry) {
    byte[] mark = "\"payload\":".getBytes(UTF_8);
    int start = 0;
    while (!Arrays.equals(entry, start, start + mark.length, mark, 0, mark.length)) {
      start++;
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(entry, start + mark.length, entry.length - start - mark.length - 2);
    return payload.toByteArray();
  }
}
