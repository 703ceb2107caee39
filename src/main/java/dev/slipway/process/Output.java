package dev.slipway.process;

/** Takes what a program prints, line by line as it comes. Called by one thread at a time. */
@FunctionalInterface
public interface Output {
  /** The two streams of a program's output. */
  enum Stream {
    STDOUT,
    STDERR;

    /** The stream's name in a release's log. */
    public String word() {
      return this == STDOUT ? "stdout" : "stderr";
    }
  }

  /** One line without its end, or the last piece of a long one; malformed UTF-8 is replaced. */
  void line(Stream stream, String text);

  /** A piece of a line that is too long to come at once; more of it follows. */
  default void piece(Stream stream, String text) {
    line(stream, text);
  }
}
