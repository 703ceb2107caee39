package dev.slipway.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLocksTest extends LocksContract {
  private final MemoryLocks locks = new MemoryLocks();

  @Override
  Locks locks() {
    return locks;
  }

  @Override
  Locks ofAnother() {
    return locks;
  }

  @Test
  void aLostLeaseTellsItsHolderOnceAndIsFree() throws Exception {
    List<String> told = new ArrayList<>();
    Lease lease = taken(WEBSITE);
    lease.onLost(() -> told.add("before"));

    assertTrue(locks.lose(WEBSITE));
    assertFalse(locks.lose(WEBSITE));
    lease.onLost(() -> told.add("after"));

    assertEquals(List.of("before", "after"), told);
    assertFalse(lease.isHeld());
    try (Lease next = taken(WEBSITE)) {
      lease.close();
      assertTrue(next.isHeld() && locks.isTaken(WEBSITE));
    }
  }

  @Test
  void whileUnavailableNobodyGetsALock() throws Exception {
    locks.unavailable(true);
    assertThrows(IOException.class, () -> locks.tryAcquire(WEBSITE));

    locks.unavailable(false);
    taken(WEBSITE).close();
  }
}
