package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
  private final Secret secret = new Secret("hunter2");

  @Test
  void noWayOfPrintingShowsIt() {
    assertEquals("***", secret.toString());
    assertEquals(
        "[***] Optional[***] ***", List.of(secret) + " " + Optional.of(secret) + " " + secret);
    assertEquals("***", String.format("%s", secret));
  }

  @Test
  void onlyRevealGivesItAway() {
    assertEquals("hunter2", secret.reveal());
    assertEquals(new Secret("hunter2"), secret);
  }

  @Test
  void anEmptySecretIsNone() {
    assertThrows(IllegalArgumentException.class, () -> new Secret(""));
  }
}
