package dev.slipway.ledger;

/**
 * The record store does not answer now; nothing is known to be wrong with the request. The message
 * is a sentence for an operator and holds no credential.
 */
public final class LedgerUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailable(String message) {
    super(message);
  }

  public LedgerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
