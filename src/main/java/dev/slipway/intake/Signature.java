package dev.slipway.intake;

import dev.slipway.vocabulary.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HMAC-SHA-256 (RFC 2104) that GitHub makes of a delivery's raw body with the webhook's secret
 * and sends as {@code X-Hub-Signature-256: sha256=} and 64 hexadecimal digits. The older SHA-1
 * header counts for nothing.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">
 *     Validating webhook deliveries</a>
 */
record Signature(String hex) {
  static final String HEADER = "X-Hub-Signature-256";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");

  Signature {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a signature is 64 hexadecimal digits");
    }
  }

  /** The signature in a header's value; empty where the value is none. */
  static Optional<Signature> parse(String header) {
    return header.startsWith(PREFIX)
            && HEX.matcher(header).region(PREFIX.length(), header.length()).matches()
        ? Optional.of(new Signature(header.substring(PREFIX.length())))
        : Optional.empty();
  }

  /** The signature that a holder of the secret makes of the body. */
  static Signature of(byte[] body, Secret secret) {
    return new Signature(HexFormat.of().formatHex(hmac(body, secret)));
  }

  /**
   * Whether a holder of one of the secrets made this signature of the body. The time it takes says
   * nothing about how much of it was right, nor for which secret.
   */
  boolean isOf(byte[] body, List<Secret> secrets) {
    byte[] claimed = HexFormat.of().parseHex(hex);
    boolean genuine = false;
    for (Secret secret : secrets) {
      genuine |= MessageDigest.isEqual(hmac(body, secret), claimed);
    }
    return genuine;
  }

  private static byte[] hmac(byte[] body, Secret secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, missing);
    }
  }
}
