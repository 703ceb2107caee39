package dev.slipway.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, made at most once, that something running end early. Whoever runs a program registers
 * what ends it; whoever wants the end calls {@link #cancel}. Any thread.
 */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private @Nullable String reason;

  /** Asks for the end; later calls change nothing. Says whether this was the first. */
  public boolean cancel(String why) {
    List<Runnable> due;
    synchronized (this) {
      if (reason != null) {
        return false;
      }
      reason = why;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
    return true;
  }

  /** Why the end was asked for, if it was. */
  public synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  public boolean isCancelled() {
    return reason().isPresent();
  }

  /**
   * Has {@code action} run once when the end is asked for, at once if it already was. Closing the
   * answer forgets the action.
   */
  public Registration onCancel(Runnable action) {
    synchronized (this) {
      if (reason == null) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private synchronized void forget(Runnable action) {
    actions.remove(action);
  }

  /** Ends the interest of whoever registered. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
