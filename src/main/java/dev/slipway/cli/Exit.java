package dev.slipway.cli;

/** What a command ends with, after sysexits.h. */
final class Exit {
  static final int DONE = 0;

  /** It was tried, and failed. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** A service or a place that is needed cannot be reached. */
  static final int UNAVAILABLE = 69;

  /** The configuration is invalid. */
  static final int CONFIG = 78;

  private Exit() {}

  /** Ends a command early, with the sentence that says why. */
  static final class Early extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    Early(int code, String message) {
      super(message);
      this.code = code;
    }

    int code() {
      return code;
    }
  }
}
