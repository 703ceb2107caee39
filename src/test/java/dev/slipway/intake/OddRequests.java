package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.slipway.fuzz.Fuzz;
import dev.slipway.fuzz.Nasty;
import dev.slipway.fuzz.Payloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;

/** Requests that no client of good will sends: framed twice, cut, folded, huge, or no HTTP. */
final class OddRequests {
  private OddRequests() {}

  /** One to three of them, one behind the other, perhaps cut off. */
  static byte[] some(RandomGenerator random) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      all.writeBytes(one(random));
    }
    byte[] bytes = all.toByteArray();
    if (random.nextInt(3) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
    return bytes;
  }

  private static byte[] one(RandomGenerator random) throws IOException {
    if (random.nextInt(20) == 0) {
      return Nasty.bytes(random, 300);
    }
    Post post = Post.push().id("event-" + random.nextInt(1_000_000));
    post = random.nextBoolean() ? post : post.body(Payloads.mutated(random));
    byte[] good = random.nextBoolean() ? post.bytes() : post.chunked(1 + random.nextInt(5_000));
    String text = new String(good, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String head = text.substring(0, end);
    String body = text.substring(end);
    for (int i = random.nextInt(3); i > 0; i--) {
      head = odd(random, head);
    }
    return (head + (random.nextInt(8) == 0 ? oddBody(random, body) : body)).getBytes(ISO_8859_1);
  }

  private static String odd(RandomGenerator random, String head) {
    int line = Math.max(0, head.indexOf("\r\n"));
    return switch (random.nextInt(12)) {
      case 0 -> head + "\r\n" + Fuzz.any(random, FRAMING);
      case 1 ->
          head.replaceFirst(
              "Content-Length: \\d+", Matcher.quoteReplacement(Fuzz.any(random, FRAMING)));
      case 2 -> head.replace("\r\n", "\n");
      case 3 -> head + "\r\n folded: line";
      case 4 ->
          head.replaceFirst(
              "HTTP/1\\.1",
              Fuzz.any(random, "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "http/1.1", "HTTP/1.1 x", ""));
      case 5 -> Fuzz.any(random, METHODS) + head.substring(head.indexOf(' '));
      case 6 ->
          head.replaceFirst("/github-webhook", Matcher.quoteReplacement(Fuzz.any(random, PATHS)));
      case 7 -> head + "\r\n" + "X-A: b\r\n".repeat(random.nextInt(10_000)) + "X-Z: z";
      case 8 -> head + "\r\nX-Long: " + "x".repeat(random.nextInt(100_000));
      case 9 -> head + "\r\n" + Nasty.near(random, "X-Forwarded-For: 192.0.2.7");
      case 10 -> head.substring(0, line) + "\r\n" + Nasty.near(random, head.substring(line + 2));
      default ->
          head
              + "\r\n"
              + Fuzz.any(
                  random,
                  "Expect: 100-continue",
                  "Expect: x",
                  "Connection: Upgrade, HTTP2-Settings\r\n"
                      + "Upgrade: h2c\r\n"
                      + "HTTP2-Settings: AAMAAABkAAQAAP__",
                  "Connection: close",
                  "Upgrade: websocket",
                  "Host: other",
                  "Content-Encoding: gzip",
                  "TE: trailers",
                  "Trailer: X-Hub-Signature-256",
                  "Range: bytes=0-1");
    };
  }

  private static String oddBody(RandomGenerator random, String body) {
    return switch (random.nextInt(4)) {
      case 0 ->
          body.replaceFirst(
              "\r\n\r\n[0-9a-f]+\r\n",
              "\r\n\r\n"
                  + Fuzz.any(
                      random,
                      "fffffffff\r\n",
                      "-1\r\n",
                      "0x5\r\n",
                      "5;ext=\"\r\n",
                      "5 \r\n",
                      "\r\n",
                      "zz\r\n",
                      "ffffffffffffffffffff\r\n",
                      "5\n"));
      case 1 -> body + "\r\n";
      case 2 -> body.replace("\r\n0\r\n\r\n", "\r\n0\r\nX-Trailer: x\r\n\r\n");
      default -> Nasty.near(random, body).replaceAll("[^\\x00-\\xff]", "?");
    };
  }

  private static final String[] METHODS = {
    "GET",
    "HEAD",
    "PUT",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PRI",
    "post",
    "P\0ST",
    "",
    "X".repeat(5_000)
  };

  private static final String[] PATHS = {
    "http://elsewhere.example.org/github-webhook",
    "//github-webhook",
    "/./github-webhook",
    "/x/../github-webhook",
    "/github-webhook/",
    "/github-webhook?x=" + "y".repeat(9_000),
    "/github-webhook;x",
    "/%67ithub-webhook",
    "/github-webhook%00",
    "/github-webhook#x",
    "*",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "\\github-webhook",
    "/%zz",
    "/%"
  };

  static final String[] FRAMING = {
    "Content-Length: 0",
    "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 5, 5",
    "Content-Length: -1",
    "Content-Length: +5",
    "Content-Length: 99999999999999999999",
    "Content-Length: 9223372036854775807",
    "Content-Length: 0x10",
    "Content-Length: 5 6",
    "Content-Length:",
    "Content-Length : 5",
    "Content-Length: 1e3",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: chunked, chunked",
    "Transfer-Encoding: gzip, chunked",
    "Transfer-Encoding: identity",
    "Transfer-Encoding:\tchunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: \"chunked\"",
    "Transfer-Encoding: ",
    "X: y\rTransfer-Encoding: chunked",
    "Transfer_Encoding: chunked",
    "transfer-encoding: CHUNKED"
  };
}
