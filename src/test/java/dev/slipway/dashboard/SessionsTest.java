package dev.slipway.dashboard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.Secret;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Sessions SESSIONS = sessions("token", NOW);

  @Test
  void aSessionIsValidUntilItsEnd() {
    String session = SESSIONS.begin();
    assertTrue(sessions("token", NOW.plus(Sessions.AGE).minusSeconds(1)).isValid(session));
    assertFalse(sessions("token", NOW.plus(Sessions.AGE)).isValid(session));
  }

  @Test
  void aNewTokenEndsAllSessions() {
    assertFalse(sessions("other", NOW).isValid(SESSIONS.begin()));
  }

  @Test
  void aSessionThatWasProlongedByHandIsNone() {
    String session = SESSIONS.begin();
    assertFalse(SESSIONS.isValid("9" + session));
    assertFalse(SESSIONS.isValid(session.substring(0, session.length() - 1) + "!"));
  }

  @Test
  void whatIsNoSessionIsNone() {
    for (String text :
        new String[] {"", ".", "token", "1.2", "9".repeat(40) + "." + "A".repeat(43)}) {
      assertFalse(SESSIONS.isValid(text), text);
    }
  }

  @Test
  void aSessionDoesNotHoldTheToken() {
    assertFalse(SESSIONS.begin().contains("token"));
  }

  @Test
  void theTokenIsTheTokenAndNothingElseIs() {
    assertTrue(SESSIONS.isToken("token"));
    for (String text : new String[] {"", "toke", "tokens", "Token"}) {
      assertFalse(SESSIONS.isToken(text), text);
    }
  }

  private static Sessions sessions(String token, Instant now) {
    return new Sessions(new Secret(token), InstantSource.fixed(now));
  }
}
