package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.ByteSize;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final long MIB = 1 << 20;

  private final Room room = new Room(ByteSize.ofMiB(66));

  @Test
  void oneOfTheLargestBodiesAlwaysFits() {
    assertTrue(new Room(Limits.standard(ByteSize.ofMiB(25)).memory()).take(50 * MIB, 0));
    assertTrue(new Room(Limits.standard(ByteSize.ofMiB(63)).memory()).take(126 * MIB, 0));
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
