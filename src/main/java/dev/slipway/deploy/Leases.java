package dev.slipway.deploy;

import dev.slipway.lock.Lease;
import dev.slipway.lock.LockName;
import dev.slipway.lock.Locks;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * All locks that a deployment needs, held together or not at all: the one that keeps it from
 * running beside itself, and those that its configuration names.
 */
final class Leases implements AutoCloseable {
  private record Held(LockName name, Lease lease) {}

  private final Deque<Held> held = new ArrayDeque<>();

  private Leases() {}

  /** Takes all of them; absent, with none held, while somebody has one of them. */
  static Optional<Leases> tryAcquire(Locks locks, Slug slug, List<String> named)
      throws IOException {
    // In one order everywhere, so that two deployments never hold what the other waits for long.
    TreeSet<LockName> names = new TreeSet<>();
    named.forEach(name -> names.add(LockName.named(name)));
    names.add(LockName.ofDeployment(slug));
    Leases leases = new Leases();
    boolean complete = false;
    try {
      for (LockName name : names) {
        Optional<Lease> lease = locks.tryAcquire(name);
        if (lease.isEmpty()) {
          return Optional.empty();
        }
        leases.held.push(new Held(name, lease.get()));
      }
      complete = true;
      return Optional.of(leases);
    } finally {
      if (!complete) {
        leases.close();
      }
    }
  }

  /** The first of them that is no longer held. */
  Optional<LockName> lost() {
    return held.stream().filter(each -> !each.lease().isHeld()).map(Held::name).findFirst();
  }

  /** Has {@code action} told the name of a lock that is lost. */
  void onLost(Consumer<LockName> action) {
    held.forEach(each -> each.lease().onLost(() -> action.accept(each.name())));
  }

  @Override
  public void close() {
    while (!held.isEmpty()) {
      held.pop().lease().close();
    }
  }
}
