package dev.slipway.status;

import java.util.Locale;

/** The one word for how a deployment stands; of several that hold, the first in this order. */
public enum DeploymentState {
  /** It is no longer configured; its queue is kept. */
  ORPHANED,
  /** An entry is being deployed, or was when the daemon ended. */
  RUNNING,
  /** The configuration says that nothing is to be deployed. */
  DISABLED,
  /** Nothing new starts until it is resumed. */
  PAUSED,
  /** Entries were given up and lie in {@code failed/}. */
  FAILED,
  /** Entries wait for their turn. */
  WAITING,
  /** There is nothing to do. */
  IDLE;

  /** The word, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
