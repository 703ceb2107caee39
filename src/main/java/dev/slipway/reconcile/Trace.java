package dev.slipway.reconcile;

/** What is known on this host and in the record store of a commit that a branch names. */
enum Trace {
  /** An event of it was worked off, or a release made of it, whatever became of them. */
  RECORDED("it is on record"),
  /** An event of it waits or runs, or one that will take whatever the branch names by then. */
  PENDING("it waits or runs already"),
  /** An event of it was given up. */
  FAILED("it has failed, and waits for an operator"),
  /** More waits than one look reads. */
  UNCLEAR("too much waits to tell whether it is among that"),
  /** Nothing at all. */
  NONE("nothing is known of it");

  private final String reason;

  Trace(String reason) {
    this.reason = reason;
  }

  /** In an operator's words. */
  String describe() {
    return reason;
  }
}
