package dev.slipway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook delivery as GitHub makes it, for those who show or rehearse the daemon. */
record Delivery(String kind, String id, String body) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String ALGORITHM = "HmacSHA256";

  /** Posts it, signed, and gives the answer's status and body. */
  String post(URI address, String secret) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
    request.setRequestMethod("POST");
    request.setDoOutput(true);
    request.setConnectTimeout(Math.toIntExact(LIMIT.toMillis()));
    request.setReadTimeout(Math.toIntExact(LIMIT.toMillis()));
    request.setRequestProperty("Content-Type", "application/json");
    request.setRequestProperty("X-GitHub-Event", kind);
    request.setRequestProperty("X-GitHub-Delivery", id);
    request.setRequestProperty("X-Hub-Signature-256", "sha256=" + sign(bytes, secret));
    try (OutputStream out = request.getOutputStream()) {
      out.write(bytes);
    }
    try (InputStream answer = request.getInputStream()) {
      return request.getResponseCode()
          + " "
          + new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      request.disconnect();
    }
  }

  private static String sign(byte[] bytes, String secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
    }
  }
}
