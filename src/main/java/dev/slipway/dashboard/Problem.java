package dev.slipway.dashboard;

import dev.slipway.event.JsonObject;
import io.undertow.util.StatusCodes;
import java.util.Map;

/**
 * A request that is not answered with what it asked for.
 *
 * @param detail a sentence for a person
 * @param headers what the answer says besides
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
record Problem(int status, String detail, Map<String, String> headers) {
  Problem {
    headers = Map.copyOf(headers);
  }

  Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  static Problem notFound() {
    return new Problem(StatusCodes.NOT_FOUND, "There is nothing here.");
  }

  static Problem bad(String detail) {
    return new Problem(StatusCodes.BAD_REQUEST, detail);
  }

  /** What is needed is away; it is worth asking again. */
  static Problem away(String detail) {
    return new Problem(StatusCodes.SERVICE_UNAVAILABLE, detail, Map.of("Retry-After", "5"));
  }

  JsonObject json() {
    return new JsonObject()
        .with("type", "about:blank")
        .with("title", status == 421 ? "Misdirected Request" : StatusCodes.getReason(status))
        .with("status", status)
        .with("detail", detail);
  }

  /** A problem on its way to the edge. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Refusal(Problem problem) {
      super(problem.detail(), null, false, false);
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
