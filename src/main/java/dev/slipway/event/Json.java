package dev.slipway.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.slipway.vocabulary.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as Slipway reads and writes it: UTF-8 only, nested at most {@value #DEPTH} deep, no member
 * twice in an object (RFC 7493). Values are maps, lists, strings, numbers, booleans and null; when
 * written also {@link JsonObject}, {@link Optional}, {@link Instant} (RFC 3339), and anything else
 * by its {@code toString}. What is written is harmless on a terminal, too.
 */
public final class Json {
  /** How deep a document may be nested; GitHub's own stay below 20. */
  public static final int DEPTH = 200;

  private static final JsonFactory FACTORY = factory(DEPTH);
  private static final JsonFactory ENTRY_FACTORY = factory(DEPTH + 1);

  private Json() {}

  private static JsonFactory factory(int depth) {
    return new JsonFactoryBuilder()
        // Field names come from strangers: never kept beyond the document.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .characterEscapes(new Escapes())
        // Of a member that is there twice programs read the one or the other.
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(depth).build())
        .build();
  }

  /**
   * A parser that takes UTF-8 and nothing else: what is stored byte for byte must be readable by
   * everybody.
   */
  private static JsonParser parser(byte[] bytes) throws IOException {
    return parser(FACTORY, new ByteArrayInputStream(bytes));
  }

  /** The same for an entry, which holds a document of {@link #DEPTH} one level deeper. */
  static JsonParser entryParser(InputStream entry) throws IOException {
    return parser(ENTRY_FACTORY, entry);
  }

  private static JsonParser parser(JsonFactory factory, InputStream in) throws IOException {
    return factory.createParser(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /** Whether the document is to blame for a failure to read it, and not the disk. */
  static boolean isMalformed(IOException failure) {
    return failure instanceof JsonProcessingException
        || failure instanceof CharacterCodingException;
  }

  /** Also escapes what a terminal would act on or hide, which JSON lets stand as it is. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    private final int[] ascii = standardAsciiEscapesForJSON();

    Escapes() {
      ascii[DELETE] = ESCAPE_CUSTOM;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return Printable.isHarmless(character) || Character.isSurrogate((char) character)
          ? null
          : new SerializedString(String.format("\\u%04x", character));
    }
  }

  /** The value as one line of JSON. */
  public static String write(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      write(out, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case JsonObject object -> write(out, object.members());
      case Optional<?> optional -> write(out, optional.orElse(null));
      case Boolean bool -> out.writeBoolean(bool);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          out.writeFieldName(wellFormed(String.valueOf(member.getKey())));
          write(out, member.getValue());
        }
        out.writeEndObject();
      }
      case Iterable<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          write(out, element);
        }
        out.writeEndArray();
      }
      default -> out.writeString(wellFormed(value.toString()));
    }
  }

  /** Half a surrogate pair, which JSON can escape, has no form in UTF-8. */
  private static String wellFormed(String text) {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> Character.getType(point) == Character.SURROGATE ? '\ufffd' : point)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException when the bytes are no JSON object and nothing else
   */
  public static Map<String, @Nullable Object> readObject(byte[] bytes) {
    try (JsonParser in = parser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      Map<String, @Nullable Object> object = readMembers(in);
      requireEnd(in);
      return object;
    } catch (IOException malformed) {
      throw new IllegalArgumentException(describe(malformed), malformed);
    }
  }

  /**
   * Reads one list.
   *
   * @throws IllegalArgumentException when the bytes are no JSON array and nothing else
   */
  public static List<@Nullable Object> readList(byte[] bytes) {
    try (JsonParser in = parser(bytes)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("not a JSON array");
      }
      List<@Nullable Object> list = readElements(in);
      requireEnd(in);
      return list;
    } catch (IOException malformed) {
      throw new IllegalArgumentException(describe(malformed), malformed);
    }
  }

  /**
   * Makes sure that the bytes are one JSON object and nothing else, without keeping any of it.
   *
   * @throws IllegalArgumentException when they are not
   */
  public static void requireObject(byte[] bytes) {
    try (JsonParser in = parser(bytes)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      in.skipChildren();
      if (in.currentToken() != JsonToken.END_OBJECT) {
        throw new IllegalArgumentException("the JSON object is cut off");
      }
      requireEnd(in);
    } catch (IOException malformed) {
      throw new IllegalArgumentException(describe(malformed), malformed);
    }
  }

  static void requireEnd(JsonParser in) throws IOException {
    if (in.nextToken() != null) {
      throw new IllegalArgumentException("something follows the JSON object");
    }
  }

  /** What is wrong and where, without quoting the document. */
  static String describe(IOException failure) {
    if (failure instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
      return "%s at line %d, column %d"
          .formatted(
              isDuplicate(malformed) ? "ambiguous, a member is there twice," : "not JSON",
              malformed.getLocation().getLineNr(),
              malformed.getLocation().getColumnNr());
    }
    return failure instanceof CharacterCodingException ? "not UTF-8" : "not JSON";
  }

  /** Jackson has no type of its own for it. */
  private static boolean isDuplicate(JsonProcessingException malformed) {
    return malformed.getOriginalMessage().startsWith("Duplicate field");
  }

  private static Map<String, @Nullable Object> readMembers(JsonParser in) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      members.put(name, readValue(in));
    }
    return members;
  }

  private static List<@Nullable Object> readElements(JsonParser in) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      elements.add(readValue(in));
    }
    return elements;
  }

  private static @Nullable Object readValue(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> readMembers(in);
      case START_ARRAY -> readElements(in);
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> in.getNumberValue();
      case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      default -> in.getText();
    };
  }
}
