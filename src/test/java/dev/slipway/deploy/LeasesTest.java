package dev.slipway.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.lock.Lease;
import dev.slipway.lock.LockName;
import dev.slipway.lock.Locks;
import dev.slipway.lock.MemoryLocks;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final Slug WEBSITE = new Slug("website");
  private static final LockName OWN = LockName.ofDeployment(WEBSITE);
  private static final LockName A = LockName.named("a");
  private static final LockName B = LockName.named("b");

  private final MemoryLocks locks = new MemoryLocks();
  private final List<LockName> asked = new ArrayList<>();
  private final Locks noting =
      name -> {
        asked.add(name);
        return locks.tryAcquire(name);
      };

  private Optional<Leases> take(String... named) throws IOException {
    return Leases.tryAcquire(noting, WEBSITE, List.of(named));
  }

  @Test
  void allAreTakenInOneOrderAndGivenBackTogether() throws Exception {
    try (Leases held = take("b", "a", "b").orElseThrow()) {
      assertEquals(List.of(OWN, A, B), asked);
      assertTrue(locks.isTaken(OWN) && locks.isTaken(A) && locks.isTaken(B));
      assertEquals(Optional.empty(), held.lost());
    }
    assertFalse(locks.isTaken(OWN) || locks.isTaken(A) || locks.isTaken(B));
  }

  @Test
  void whileOneIsTakenNoneIsHeld() throws Exception {
    try (Lease elsewhere = locks.tryAcquire(B).orElseThrow()) {
      assertTrue(take("a", "b").isEmpty());
      assertFalse(locks.isTaken(OWN) || locks.isTaken(A));
      assertTrue(elsewhere.isHeld());
    }
    assertTrue(take("a", "b").isPresent());
  }

  @Test
  void whoeverDoesNotAnswerLeavesNoneHeld() throws Exception {
    Locks failing =
        name -> {
          if (name.equals(B)) {
            throw new IOException("no answer");
          }
          return locks.tryAcquire(name);
        };
    assertThrows(IOException.class, () -> Leases.tryAcquire(failing, WEBSITE, List.of("a", "b")));
    assertFalse(locks.isTaken(OWN) || locks.isTaken(A));
  }

  @Test
  void theOneThatIsLostIsToldAndNamed() throws Exception {
    try (Leases held = take("a").orElseThrow()) {
      List<LockName> lost = new ArrayList<>();
      held.onLost(lost::add);
      locks.lose(A);
      assertEquals(List.of(A), lost);
      assertEquals(Optional.of(A), held.lost());
    }
  }
}
