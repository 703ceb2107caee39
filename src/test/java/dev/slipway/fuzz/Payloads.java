package dev.slipway.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** GitHub's real payloads, and what an enemy makes of them. */
public final class Payloads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOLE = "a hole for a value";
  private static final List<byte[]> REAL = real();

  /** What stands in the place of a value: not what was there, or not JSON at all. */
  private static final String[] ODD = {
    "null",
    "true",
    "0",
    "-0",
    "1e999999",
    "1E-999999",
    "9".repeat(1_200),
    "0." + "1".repeat(1_200),
    "01",
    "+1",
    "NaN",
    "\"\"",
    "\"" + "x".repeat(70_000) + "\"",
    "\"\\ud834\"",
    "\"\\udd1e\\ud834\"",
    "\"\\u0000\\u001b[2J\\u009b\\u202e\"",
    "\"\u0000\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"refs/heads/../x\"",
    "\"refs/heads/main\"",
    "\"--upload-pack=x\"",
    "\"../../etc\"",
    "\"0000000000000000000000000000000000000000\"",
    "[]",
    "{}",
    "[[[[]]]]",
    "{\"ref\":\"refs/heads/x\",\"full_name\":\"a/b\"}",
    "[".repeat(100_000),
    "{\"a\":".repeat(100_000),
    "[".repeat(190) + "]".repeat(190),
    "\"unended",
    "// comment\n1",
    "'single'",
    "",
    ",",
    "}",
    "1}, \"payload\": {"
  };

  private Payloads() {}

  private static List<byte[]> real() {
    List<byte[]> all = new ArrayList<>();
    for (String folder : List.of("/payloads", "/entries")) {
      URL url = Objects.requireNonNull(Payloads.class.getResource(folder));
      try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
        for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList()) {
          try (InputStream in = Files.newInputStream(file)) {
            all.add(in.readAllBytes());
          }
        }
      } catch (IOException | URISyntaxException failed) {
        throw new IllegalStateException(failed);
      }
    }
    return List.copyOf(all);
  }

  /** One of them as it is. */
  public static byte[] any(RandomGenerator random) {
    return REAL.get(random.nextInt(REAL.size())).clone();
  }

  /** One with its values, its members or its bytes no longer what they were. */
  public static byte[] mutated(RandomGenerator random) throws IOException {
    return mutated(random, any(random));
  }

  /** The same of a given document. */
  public static byte[] mutated(RandomGenerator random, byte[] document) throws IOException {
    byte[] mutated = document;
    if (random.nextInt(5) > 0) {
      mutated = reshaped(random, mutated);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      mutated = damaged(random, mutated);
    }
    return mutated;
  }

  private static byte[] reshaped(RandomGenerator random, byte[] document) throws IOException {
    JsonNode tree = JSON.readTree(document);
    List<ObjectNode> objects = new ArrayList<>();
    collect(tree, objects);
    ObjectNode object = objects.get(random.nextInt(random.nextBoolean() ? 1 : objects.size()));
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return document;
    }
    String name = names.get(random.nextInt(names.size()));
    String odd = Fuzz.any(random, ODD);
    if (random.nextInt(3) == 0) {
      // The same member twice: once as it was, once otherwise, on either side.
      String member = JSON.writeValueAsString(name) + ":" + odd;
      String value = JSON.writeValueAsString(object.get(name));
      object.put(name, HOLE);
      String filled =
          random.nextBoolean()
              ? value + "," + member
              : odd + "," + JSON.writeValueAsString(name) + ":" + value;
      return filled(tree, filled);
    }
    if (random.nextInt(4) == 0) {
      object.remove(name);
      return JSON.writeValueAsBytes(tree);
    }
    object.put(name, HOLE);
    return filled(tree, odd);
  }

  private static byte[] filled(JsonNode tree, String raw) throws IOException {
    return JSON.writeValueAsString(tree)
        .replace("\"" + HOLE + "\"", raw)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    if (node instanceof ObjectNode || node instanceof ArrayNode) {
      node.forEach(child -> collect(child, objects));
    }
  }

  private static byte[] damaged(RandomGenerator random, byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + random.nextInt(200));
    ByteArrayOutputStream damaged = new ByteArrayOutputStream(bytes.length + 200);
    switch (random.nextInt(5)) {
      case 0 -> damaged.write(bytes, 0, at);
      case 1 -> {
        damaged.write(bytes, 0, at);
        damaged.write(bytes, to, bytes.length - to);
      }
      case 2 -> {
        damaged.write(bytes, 0, to);
        damaged.write(bytes, at, bytes.length - at);
      }
      case 3 -> {
        damaged.write(bytes, 0, at);
        byte[][] odd = {
          {(byte) 0xff},
          {(byte) 0xc0, (byte) 0xaf},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
          {0},
          {'"'},
          {'{'},
          {'}'},
          {'\\'},
          {'\r'},
          {0x1b}
        };
        damaged.writeBytes(Fuzz.any(random, odd));
        damaged.write(bytes, at, bytes.length - at);
      }
      default -> {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        damaged.writeBytes(flipped);
      }
    }
    return damaged.toByteArray();
  }
}
