package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.vocabulary.Secret;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request as it goes over the wire; by default a signed push. Immutable. */
record Post(String line, Map<String, String> headers, String bodyText) {
  static final Secret SECRET = new Secret("It's a Secret to Everybody");
  static final String PATH = "/github-webhook";

  static Post push() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "localhost");
    headers.put("Content-Type", "application/json");
    headers.put("X-GitHub-Event", "push");
    headers.put("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
    return new Post("POST " + PATH + " HTTP/1.1", headers, "")
        .body("{\"zen\":\"ö\"}")
        .signed(SECRET);
  }

  Post to(String method, String path) {
    return new Post(method + " " + path + " HTTP/1.1", headers, bodyText);
  }

  Post with(String header, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(header, value);
    return new Post(line, changed, bodyText);
  }

  Post without(String header) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(header);
    return new Post(line, changed, bodyText);
  }

  Post id(String id) {
    return with("X-GitHub-Delivery", id);
  }

  /** Another body, rightly signed. */
  Post body(byte[] body) {
    return new Post(line, headers, new String(body, ISO_8859_1)).signed(SECRET);
  }

  Post body(String body) {
    return body(body.getBytes(UTF_8));
  }

  Post signed(Secret secret) {
    return with("X-Hub-Signature-256", "sha256=" + Signature.of(bodyBytes(), secret).hex());
  }

  byte[] bodyBytes() {
    return bodyText.getBytes(ISO_8859_1);
  }

  /** The request line and the headers, with the body's length. */
  byte[] head() {
    return with("Content-Length", Integer.toString(bodyText.length())).rawHead();
  }

  /** The request line and the headers as they stand. */
  byte[] rawHead() {
    StringBuilder head = new StringBuilder(line).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head());
    bytes.writeBytes(bodyBytes());
    return bytes.toByteArray();
  }

  /** The same in chunks of {@code size}, without a declared length. */
  byte[] chunked(int size) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(with("Transfer-Encoding", "chunked").rawHead());
    byte[] body = bodyBytes();
    for (int from = 0; from < body.length; from += size) {
      int length = Math.min(size, body.length - from);
      bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      bytes.write(body, from, length);
      bytes.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    bytes.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return bytes.toByteArray();
  }
}
