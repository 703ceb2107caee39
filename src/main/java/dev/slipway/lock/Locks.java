package dev.slipway.lock;

import java.io.IOException;
import java.util.Optional;

/** Hands out leases. */
public interface Locks {
  /**
   * Takes a lock if nobody has it. Never waits for a holder.
   *
   * @return absent while somebody else holds it
   * @throws IOException when whoever keeps the locks does not answer
   */
  Optional<Lease> tryAcquire(LockName name) throws IOException;
}
