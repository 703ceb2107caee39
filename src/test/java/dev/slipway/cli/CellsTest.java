package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.event.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT59.9S, 59s",
    "PT119S, 119s",
    "PT2M, 2m",
    "PT119M, 119m",
    "PT2H, 2h",
    "PT47H, 47h",
    "PT48H, 2d",
    "P400D, 400d",
    "PT-5S, 0s"
  })
  void ageIsSaidToTheLargestUnit(Duration age, String said) {
    assertEquals(said, Cells.ago(age));
  }

  @ParameterizedTest
  @CsvSource({"refs/heads/main, main", "refs/heads/a/b, a/b", "refs/tags/v1, refs/tags/v1", "-, -"})
  void branchesAreNamedShort(String ref, String said) {
    assertEquals(said, Cells.ref(ref));
  }

  @Test
  void aCommitIsItsFirstDigits() {
    assertEquals("0123456", Cells.commit("0123456789abcdef"));
    assertEquals("-", Cells.commit(Cells.NONE));
  }

  @Test
  void whatIsNotThereIsADash() {
    JsonObject view =
        new JsonObject()
            .with("empty", Optional.empty())
            .with("there", Optional.of("x"))
            .with("number", 3)
            .with("null", null);
    assertEquals("-", Cells.text(view, "empty"));
    assertEquals("x", Cells.text(view, "there"));
    assertEquals("3", Cells.text(view, "number"));
    assertEquals("-", Cells.text(view, "null"));
    assertEquals("-", Cells.text(view, "unknown"));
  }

  @Test
  void aLongReasonIsItsFirstLine() {
    assertEquals("first", Cells.firstLine("first\nsecond\n"));
    assertEquals("", Cells.firstLine(""));
  }

  @Test
  void aVeryLongReasonIsItsBeginning() {
    String eighty = "é".repeat(80);
    assertEquals(eighty, Cells.brief(eighty));
    assertEquals("é".repeat(79) + "…", Cells.brief(eighty + "é"));
  }

  @Test
  void oneIsCountedInTheSingular() {
    assertEquals("1 entry lies", Cells.count(1, "entry lies", "entries lie"));
    assertEquals("0 entries lie", Cells.count(0, "entry lies", "entries lie"));
  }

  @Test
  void aTimeIsSaidToTheSecond() {
    assertEquals("2025-11-21T06:20:00Z", Cells.time(Instant.parse("2025-11-21T06:20:00.999Z")));
  }
}
