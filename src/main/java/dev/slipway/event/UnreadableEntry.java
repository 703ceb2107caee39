package dev.slipway.event;

/** A file that is no entry, or whose payload lacks what its kind needs; the message says what. */
public final class UnreadableEntry extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableEntry(String message) {
    super(message);
  }
}
