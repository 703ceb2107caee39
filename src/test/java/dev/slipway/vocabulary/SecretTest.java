package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {"API_KEY", "TOKEN", "npm_token", "DB_PASSWORD", "DB_PWD", "AWS_SECRET_ACCESS_KEY"})
  void aVariableMaySayThatItHoldsOne(String name) {
    assertTrue(Secret.isNameOfOne(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "PWD", "OLDPWD", "NODE_ENV", "KEYBOARD", "MONKEY", "BYPASS"})
  void otherVariablesDoNot(String name) {
    assertFalse(Secret.isNameOfOne(name));
  }
}
