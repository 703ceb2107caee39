package dev.slipway.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.vocabulary.CommitId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest(name = "{0}, {1}, before {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none | NONE     | none | Settled: the repository has no such branch
          none | NONE     | a    | Settled: the repository has no such branch
          a    | RECORDED | none | Settled: it is on record
          a    | RECORDED | a    | Settled: it is on record
          a    | PENDING  | none | Settled: it waits or runs already
          a    | PENDING  | a    | Settled: it waits or runs already
          a    | FAILED   | none | Settled: it has failed, and waits for an operator
          a    | FAILED   | a    | Settled: it has failed, and waits for an operator
          a    | UNCLEAR  | a    | Settled: too much waits to tell whether it is among that
          a    | NONE     | none | Suspect: nothing is known of aaaaaaa yet
          a    | NONE     | b    | Suspect: nothing is known of aaaaaaa yet
          a    | NONE     | a    | Missed: no event of aaaaaaa has arrived
          """)
  void aLookSays(String tip, Trace trace, String before, String expected) {
    Verdict verdict = Verdict.of(commit(tip), trace, commit(before));

    assertEquals(expected, verdict.getClass().getSimpleName() + ": " + verdict.reason());
  }

  private static Optional<CommitId> commit(String digit) {
    return digit.equals("none") ? Optional.empty() : Optional.of(new CommitId(digit.repeat(40)));
  }
}
