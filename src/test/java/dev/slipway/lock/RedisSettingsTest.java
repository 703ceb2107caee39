package dev.slipway.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "redis://localhost, redis://localhost:6379",
    "redis://localhost:6380/3, redis://localhost:6380",
    "rediss://user:hunter2@cache.example.org/, rediss://cache.example.org:6379",
    "redis://:hunter2@[::1]:7000, redis://[::1]:7000"
  })
  void aServerIsNamedWithoutItsPassword(String url, String place) {
    assertEquals(place, RedisSettings.of(url).place());
    assertFalse(RedisSettings.of(url).toString().contains("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:6379",
        "http://localhost:6379",
        "redis://",
        "redis://:hunter2@/1",
        "redis://localhost/one",
        "redis://:hunter2 @localhost"
      })
  void anythingElseIsRefusedWithoutShowingIt(String url) {
    var refused = assertThrows(IllegalArgumentException.class, () -> RedisSettings.of(url));

    assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"));
  }

  @Test
  void aLeaseHoldsForOneSecondToOneHour() {
    assertEquals(Duration.ofSeconds(30), RedisSettings.of("redis://localhost").ttl());
    for (Duration ttl : new Duration[] {Duration.ofMillis(999), Duration.ofSeconds(3601)}) {
      assertThrows(
          IllegalArgumentException.class, () -> new RedisSettings("redis://localhost", ttl));
    }
  }
}
