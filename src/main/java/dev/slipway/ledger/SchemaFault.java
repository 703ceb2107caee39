package dev.slipway.ledger;

/**
 * The record store answers, but its schema is not what this program needs, and waiting does not
 * mend it: a migration failed, was edited after it had been applied, or has not been applied where
 * the daemon may not do it itself. The message is a sentence for an operator.
 */
public final class SchemaFault extends Exception {
  private static final long serialVersionUID = 1L;

  SchemaFault(String message) {
    super(message);
  }

  SchemaFault(String message, Throwable cause) {
    super(message, cause);
  }
}
