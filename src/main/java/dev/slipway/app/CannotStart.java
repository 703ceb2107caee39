package dev.slipway.app;

/** The daemon cannot start here and now; the message says what is missing and how to mend it. */
public final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  public CannotStart(String message) {
    super(message);
  }
}
