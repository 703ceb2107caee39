package dev.slipway.github;

/** A call had no result. Thrown within this package, where several calls make one look. */
final class NoAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Trouble trouble;

  NoAnswer(Trouble trouble) {
    super(trouble.reason());
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }
}
