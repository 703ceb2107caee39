package dev.slipway.deploy;

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

  /** A lock was lost: somebody else may be acting now, the entry runs again. */
  record LeaseLost(String lock) implements Stop {
    @Override
    public String describe() {
      return "the lock " + lock + " was lost while it ran";
    }
  }
}
