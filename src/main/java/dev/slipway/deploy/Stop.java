package dev.slipway.deploy;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;

/** Why a run is ended before its time. */
sealed interface Stop {
  String describe();

  /** Somebody asked for it: the event is done with. */
  record ByOperator(String reason) implements Stop {
    @Override
    public String describe() {
      return "cancelled: " + reason;
    }
  }

  /** The daemon ends: the entry runs again. */
  record DaemonEnds() implements Stop {
    @Override
    public String describe() {
      return "the daemon was stopped while it ran";
    }
  }

  /** A newer push of the same branch came, and the older one is not wanted any more. */
  record Overtaken(EntryName entry, CommitId commit) implements Stop {
    @Override
    public String describe() {
      return Order.byEntry(entry, commit);
    }
  }

  /** A lock was lost: somebody else may be acting now, the entry runs again. */
  record LeaseLost(String lock) implements Stop {
    @Override
    public String describe() {
      return "the lock " + lock + " was lost while it ran";
    }
  }
}
