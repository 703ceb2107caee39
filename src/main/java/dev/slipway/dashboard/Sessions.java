package dev.slipway.dashboard;

import dev.slipway.vocabulary.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proofs that a browser once showed the token: the second in which the session ends, and an
 * HMAC-SHA-256 of it keyed with the token. So nothing is stored, sessions outlive a restart, and a
 * new token ends them all. Any thread.
 */
final class Sessions {
  static final Duration AGE = Duration.ofDays(30);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})\\.([A-Za-z0-9_-]{43})");

  private final byte[] key;
  private final InstantSource clock;

  Sessions(Secret token, InstantSource clock) {
    this.key = token.reveal().getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /** A session that begins now. */
  String begin() {
    long end = clock.instant().plus(AGE).getEpochSecond();
    return end + "." + seal("session " + end);
  }

  /** Whether this is a session that has not ended. */
  boolean isValid(String session) {
    Matcher form = FORM.matcher(session);
    if (!form.matches()) {
      return false;
    }
    String end = form.group(1);
    return isSame(form.group(2), seal("session " + end))
        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(end)));
  }

  /** Whether this is the token; takes as long for a wrong one. */
  boolean isToken(String text) {
    // Comparing seals keeps even the token's length to itself.
    return MessageDigest.isEqual(mac(text.getBytes(StandardCharsets.UTF_8)), mac(key));
  }

  private String seal(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] mac(byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
    }
  }
}
