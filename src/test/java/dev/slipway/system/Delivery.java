package dev.slipway.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A delivery as GitHub makes it. Posting the same one again is a redelivery. */
record Delivery(String id, String event, String body) {
  /** A push of one commit to {@code main}. */
  static Delivery push(SampleRepository repository, String commit) {
    return push(repository, "refs/heads/main", commit);
  }

  static Delivery push(SampleRepository repository, String ref, String commit) {
    String body =
        """
        {"ref":"%2$s","before":"%4$s","after":"%3$s","created":false,"deleted":false,
         "forced":false,"base_ref":null,"compare":"","commits":[],
         "head_commit":{"id":"%3$s","message":"change","timestamp":"2026-11-21T10:00:00Z",
          "author":{"name":"Ann Example","email":"ann@example.org"},"added":[],"removed":[],
          "modified":["page"]},
         "repository":{"id":1,"name":"site","full_name":"%1$s","private":false},
         "pusher":{"name":"ann"},"sender":{"login":"ann","id":1}}
        """
            .formatted(repository.name(), ref, commit, "0".repeat(40));
    return of("push", body);
  }

  /** Any payload, with an id of its own. */
  static Delivery of(String event, String body) {
    return new Delivery(UUID.randomUUID().toString(), event, body);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** What GitHub sends as {@code X-Hub-Signature-256}. */
  String signature(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The entry that an operator writes by hand for it. */
  String entry() {
    return """
    {"id":"%s","event":"%s","received_at":"2026-11-21T10:00:00.000000000Z","source":"webhook",
     "remote":null,"payload":%s}
    """
        .formatted(id, event, body);
  }
}
