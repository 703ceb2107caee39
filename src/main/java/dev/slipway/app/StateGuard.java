package dev.slipway.app;

import dev.slipway.lock.Lease;
import dev.slipway.lock.StateLock;
import dev.slipway.spool.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;

/**
 * This process's right to act on the state directory: one process at most accepts events there, and
 * one at most works them off. Held until closed, and given back by the kernel whatever happens.
 */
final class StateGuard implements AutoCloseable {
  private final Deque<Lease> leases = new ArrayDeque<>();

  private StateGuard() {}

  /**
   * Makes the state directory ready for this process.
   *
   * @throws CannotStart when it cannot be written, or belongs to another daemon
   */
  static StateGuard enter(Ground ground, Role role) throws CannotStart {
    StateDirectory state = ground.spool().state();
    StateGuard guard = new StateGuard();
    try {
      ground.spool().prepare();
      probe(ground);
      if (role.hasWork()) {
        guard.take(Outlook.worker(state), "works on", state);
      }
      if (role.hasIntake()) {
        guard.take(new StateLock(state.locks().resolve("intake")), "accepts events for", state);
      }
      return guard;
    } catch (IOException refused) {
      guard.close();
      throw new CannotStart(
          ("the state directory %s cannot be used: %s%n"
                  + "Create it and give it to this user: install -d -m 0750 -o %s %s")
              .formatted(
                  state.root(), refused, System.getProperty("user.name", "slipway"), state.root()));
    }
  }

  /** Writes a file and removes it again: permissions alone do not tell a read-only file system. */
  private static void probe(Ground ground) throws IOException {
    // A name of its own: the other role's process may look at the same moment.
    Path probe = ground.spool().state().root().resolve(".probe-" + UUID.randomUUID());
    ground.spool().disk().stage(probe, new byte[0]);
    ground.spool().disk().delete(probe);
  }

  private void take(StateLock lock, String act, StateDirectory state)
      throws IOException, CannotStart {
    Optional<Lease> lease = lock.tryTake();
    if (lease.isEmpty()) {
      close();
      var holder = lock.holder();
      throw new CannotStart(
          "another slipway %s %s already%s"
              .formatted(
                  act, state.root(), holder.isPresent() ? ": process " + holder.getAsLong() : ""));
    }
    leases.push(lease.get());
  }

  @Override
  public void close() {
    while (!leases.isEmpty()) {
      leases.pop().close();
    }
  }
}
