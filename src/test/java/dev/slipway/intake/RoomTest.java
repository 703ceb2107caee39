package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.ByteSize;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final long MIB = 1 << 20;

  private final Room room = new Room(ByteSize.ofMiB(66));

  @Test
  void oneOfTheLargestBodiesAlwaysFits() {
    assertTrue(room(25, 155).take(75 * MIB, 0));
    assertTrue(room(63, 500).take(189 * MIB, 0));
  }

  @Test
  void allBodiesTogetherLeaveTheDaemonItsPartOfTheHeap() {
    for (int heap : new int[] {155, 500, 4000}) {
      assertFalse(room(25, heap).take(heap * MIB * 6 / 10 + 1, 0));
    }
  }

  @Test
  void bodiesThatCouldFillTheHeapAreRefusedAtTheStartWithTheHeapTheyNeed() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> room(63, 155));

    assertEquals(
        "listen.max_body = 63MiB needs a heap of 373 MiB, this one may have 155 MiB:"
            + " lower it, or start with JAVA_OPTS=-Xmx373m",
        refusal.getMessage());
    assertTrue(room(63, 360).take(MIB, 0), "what is left of 373 MiB");
  }

  private static Room room(int maxBody, int heap) {
    return new Room(Limits.standard(ByteSize.ofMiB(maxBody), ByteSize.ofMiB(heap)).memory());
  }

  @Test
  void largeBodiesLeaveTheReserveToOrdinaryOnes() {
    assertTrue(room.take(50 * MIB, 0));

    assertFalse(room.take(MIB, 0));
    assertFalse(room.take(8 << 10, Room.LARGE));
    assertTrue(room.take(8 << 10, 0));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgain() {
    assertTrue(room.take(50 * MIB, 0));
    room.give(50 * MIB);

    assertEquals(0, room.taken());
    assertTrue(room.take(50 * MIB, 0));
  }

  @Test
  void aRefusalTakesNothing() {
    assertFalse(room.take(100 * MIB, 0));

    assertEquals(0, room.taken());
  }
}
