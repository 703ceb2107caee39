package dev.slipway.dashboard;

import dev.slipway.disk.PrivateFile;
import dev.slipway.spool.StateDirectory;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * What opens the admin listener.
 *
 * @param file where it is kept; absent where it stands in the configuration
 */
public record AdminToken(Secret secret, Optional<Path> file) {
  private static final int BYTES = 32;
  private static final int LIMIT = 4 << 10;

  /**
   * The configured token; else the one in the state directory, which is made where there is none.
   * Several processes may ask at once: all get the same.
   */
  public static AdminToken obtain(Admin admin, StateDirectory state) throws IOException {
    if (admin.token().isPresent()) {
      return new AdminToken(admin.token().get(), Optional.empty());
    }
    PrivateFile kept = new PrivateFile(state.adminToken());
    Optional<byte[]> content = kept.read(LIMIT);
    if (content.isEmpty()) {
      kept.create((random() + "\n").getBytes(StandardCharsets.US_ASCII));
      content = kept.read(LIMIT);
    }
    String token =
        content.map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip()).orElse("");
    if (token.isEmpty()) {
      throw new IOException(
          kept.file() + " holds no token; remove it and a new one is made at the next start");
    }
    return new AdminToken(new Secret(token), Optional.of(kept.file()));
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
