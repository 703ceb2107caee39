package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  @ParameterizedTest
  @CsvSource({
    "PT10S, 1, PT10S", "PT10S, 2, PT20S", "PT10S, 3, PT40S", "PT10S, 6, PT5M20S",
    "PT10S, 7, PT10M", "PT10S, 1000, PT10M", "PT0.5S, 2, PT1S", "PT0S, 5, PT0S"
  })
  void theRestDoublesFromTryToTryUpToTenMinutes(Duration first, int tries, Duration rest) {
    assertEquals(rest, Backoff.before(first, tries, 0));
  }

  @ParameterizedTest
  @CsvSource({"PT30M, 1", "PT30M, 9", "P3650000D, 1", "P3650000D, 1000"})
  void whatTheConfigurationSaysIsNeverShortened(Duration first, int tries) {
    assertEquals(first, Backoff.before(first, tries, 0));
  }

  @Test
  void whatFailedTogetherIsSpreadOverAQuarterOfTheRest() {
    assertEquals(Duration.ofSeconds(12), Backoff.before(Duration.ofSeconds(10), 1, 0.8));
  }

  @ParameterizedTest
  @CsvSource({"PT1S", "PT10M", "PT3H"})
  void noRestIsLongerThanTheLongest(Duration first) {
    for (int tries = 1; tries < 50; tries++) {
      Duration rest = Backoff.before(first, tries, 1);
      assertTrue(rest.compareTo(Backoff.longest(first)) <= 0, first + " after " + tries);
    }
  }
}
