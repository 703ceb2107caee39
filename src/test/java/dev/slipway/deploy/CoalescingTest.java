package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who takes whose place. A push is written {@code before>commit}, of another branch than main
 * {@code branch:before>commit}; the answer is {@code elder<newer} by their places in the queue.
 */
class CoalescingTest {
  private static Contender contender(int place, String text) {
    String[] halves = text.split(":", -1);
    String[] commits = halves[halves.length - 1].split(">", -1);
    int before = Integer.parseInt(commits[0]);
    return new Contender(
        EntryName.at(place),
        new EventId("e-" + place),
        GitRef.ofBranch(halves.length == 2 ? halves[0] : "main"),
        FakeGit.commit(Integer.parseInt(commits[1])),
        before == 0 ? Optional.empty() : Optional.of(FakeGit.commit(before)));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      textBlock =
          """
          one alone,                        0>1,                     ''
          one after the other,              0>1 1>2,                 1<2
          the last of a row takes all,      0>1 1>2 2>3 3>4,         1<4 2<4 3<4
          a gap,                            0>1 1>2 3>4,             1<2
          two rows,                         0>1 1>2 7>8 8>9,         1<2 3<4
          nothing known before,             0>1 0>2,                 ''
          the same again,                   0>1 0>1,                 1<2
          delivered in the wrong order,     1>2 0>1,                 ''
          a force-push aside,               1>2 2>7,                 1<2
          a force-push back and on again,   0>1 1>2 2>1 1>3,         1<4 2<4 3<4
          another branch,                   0>1 next:1>2,            ''
          each branch for itself,           0>1 next:0>5 1>2 next:5>6, 1<3 2<4
          """)
  void aWaitingPushGivesItsPlaceToTheLastThatFollowed(String what, String queue, String expected) {
    List<Contender> waiting = new ArrayList<>();
    for (String text : queue.split(" ", -1)) {
      waiting.add(contender(waiting.size() + 1, text));
    }
    Map<Long, Long> places = new TreeMap<>();
    Coalescing.overtaken(waiting).forEach((elder, newer) -> places.put(place(elder), place(newer)));
    List<String> pairs =
        places.entrySet().stream().map(pair -> pair.getKey() + "<" + pair.getValue()).toList();
    assertEquals(expected, String.join(" ", pairs));
  }

  private static long place(Contender contender) {
    return contender.name().epochNanos().orElseThrow();
  }
}
