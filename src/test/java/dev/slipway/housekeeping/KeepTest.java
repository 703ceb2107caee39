package dev.slipway.housekeeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** Days: all younger than 2 stay, and the newest 2; the rest to 10 days, and at most 4. */
  private static final Keep KEEP = new Keep(Duration.ofDays(2), 2, Duration.ofDays(10), 4);

  private static Optional<Instant> daysAgo(int days) {
    return Optional.of(NOW.minus(Duration.ofDays(days)));
  }

  private static List<Integer> ages(String ages) {
    return Stream.of(ages.split(" ")).filter(age -> !age.isBlank()).map(Integer::valueOf).toList();
  }

  @ParameterizedTest(name = "{0}: of {1} days go {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing there                      |             | ''",
        "the newest stay at any age         | 50 60       | ''",
        "then age decides                   | 1 5 9 10    | 10",
        "to the day                         | 1 5 10 11   | 11 10",
        "more than the most                 | 1 3 4 5 6 7 | 7 6",
        "more than the most, but all young  | 0 0 0 0 1 1 | ''",
        "more than the most, and some young | 0 1 1 1 1 3 | 3",
        "an old one among the young         | 0 1 20 1    | 20",
        "of the future                      | 0 1 -30 -30 | ''",
      })
  void whatGoesIsDecidedByAgeAndNumber(String name, String there, String going) throws IOException {
    List<Integer> ages = there == null ? List.of() : ages(there);

    assertEquals(
        going == null ? List.of() : ages(going), KEEP.beyond(ages, KeepTest::daysAgo, NOW, 100));
  }

  @Test
  void theOldestGoFirstAFewAtATime() throws IOException {
    assertEquals(List.of(40, 30), KEEP.beyond(ages("1 2 20 30 40"), KeepTest::daysAgo, NOW, 2));
  }

  @Test
  void whatIsGoneOrNeededIsLeftOut() throws IOException {
    assertEquals(
        List.of(40, 20),
        KEEP.beyond(
            ages("1 2 20 30 40"), age -> age == 30 ? Optional.empty() : daysAgo(age), NOW, 100));
  }

  @Test
  void theDiskIsAskedOnlyAboutWhatMayGo() throws IOException {
    List<Integer> asked = new ArrayList<>();
    Integer[] many = new Integer[1_000];
    Arrays.fill(many, 50);

    List<Integer> going =
        KEEP.beyond(
            List.of(many),
            age -> {
              asked.add(age);
              return daysAgo(age);
            },
            NOW,
            10);

    assertEquals(10, going.size());
    assertEquals(10, asked.size());
  }

  @Test
  void gitHubNeverOffersToDeliverAgainWhatIsForgotten() {
    Duration longestOffer = Duration.ofDays(8);
    assertTrue(Keep.EVENTS_AGE.compareTo(longestOffer) > 0);
    assertTrue(Keep.FAILED.young().compareTo(longestOffer) > 0);
  }
}
