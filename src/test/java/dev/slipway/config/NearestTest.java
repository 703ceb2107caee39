package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "brnach, branch, 2",
    "'', abc, 3",
    "abc, '', 3",
    "same, same, 0"
  })
  void theDistanceIsTheNumberOfChanges(String one, String other, int distance) {
    assertEquals(distance, Nearest.distance(one, other));
  }

  @Test
  void theNearestNameIsNamed() {
    var names = List.of("branch", "path", "paths", "steps");
    assertEquals(Optional.of("branch"), Nearest.to("brnach", names));
    assertEquals(Optional.of("path"), Nearest.to("PATH", names));
    assertEquals(Optional.of("steps"), Nearest.to("step", names));
  }

  @Test
  void aWordThatIsFarFromAllNamesHasNone() {
    assertEquals(Optional.empty(), Nearest.to("colour", List.of("branch", "path")));
    assertEquals(Optional.empty(), Nearest.to("x".repeat(5000), List.of("branch", "path")));
  }
}
