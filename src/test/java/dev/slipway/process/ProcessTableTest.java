package dev.slipway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final String REST =
      " 1 7 7 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 4711 2621440 200 18446744073709551615";

  private static boolean contains(String block, String text) {
    return ProcessTable.contains(
        block.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aNameWithSpacesAndParenthesesIsSkipped() {
    assertEquals(
        Optional.of(new ProcessTable.Entry(9, 1, 7, 7, 4711)),
        ProcessTable.parse(9, "9 (a) S 3 (b) S" + REST));
  }

  @Test
  void whatHasEndedIsLeftOut() {
    assertEquals(Optional.empty(), ProcessTable.parse(9, "9 (sh) Z" + REST));
    assertEquals(Optional.empty(), ProcessTable.parse(9, ""));
  }

  @Test
  void thisProcessIsAlive() throws Exception {
    int self = (int) ProcessHandle.current().pid();
    assertTrue(ProcessTable.all().stream().anyMatch(entry -> entry.pid() == self));
  }

  @Test
  void anAssignmentIsFoundWholeOnly() {
    assertTrue(contains("A=1\0RUN=abc\0B=2\0", "RUN=abc"));
    assertTrue(contains("RUN=abc\0", "RUN=abc"));
    assertTrue(contains("A=1\0RUN=abc", "RUN=abc"));
    assertFalse(contains("A=1\0RUN=abcd\0", "RUN=abc"));
    assertFalse(contains("X_RUN=abc\0", "RUN=abc"));
    assertFalse(contains("", "RUN=abc"));
  }
}
