package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import dev.slipway.event.Json;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * One request that was let in, and what it says.
 *
 * @param names the parts of the path that stand for something, in order
 */
record Call(HttpServerExchange exchange, List<String> names) {
  /** The longest body of a request, in bytes. */
  static final int BODY_LIMIT = 64 << 10;

  private static final Duration BODY_TIME = Duration.ofSeconds(10);

  /** The deployment that the path names. */
  Slug slug() throws Refusal {
    try {
      return new Slug(names.getFirst());
    } catch (IllegalArgumentException none) {
      throw new Refusal(Problem.notFound());
    }
  }

  /** The release that the path names. */
  ReleaseNumber release() throws Refusal {
    try {
      return new ReleaseNumber(Integer.parseInt(names.get(1)));
    } catch (IllegalArgumentException none) {
      throw new Refusal(Problem.notFound());
    }
  }

  /** A whole number of the query, at least 1 and at most {@code most}. */
  Optional<Integer> number(String parameter, int most) throws Refusal {
    Deque<String> values = exchange.getQueryParameters().get(parameter);
    if (values == null) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(values.getFirst());
      if (number >= 1 && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException none) {
      // Refused below, as is a number out of bounds.
    }
    throw new Refusal(
        Problem.bad(
            "%s is a whole number from 1 to %d, not %s."
                .formatted(parameter, most, Quoted.of(values.getFirst()))));
  }

  /**
   * The members of the body's JSON object; none where there is no body. A member that is null
   * counts as not given.
   *
   * @param known the members that mean something here
   */
  Map<String, Object> body(Set<String> known) throws Refusal, IOException {
    byte[] bytes = bytes();
    Map<String, Object> members = new LinkedHashMap<>();
    if (bytes.length == 0) {
      return members;
    }
    Map<String, @Nullable Object> read;
    try {
      read = Json.readObject(bytes);
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(Problem.bad("The body is refused: " + malformed.getMessage() + "."));
    }
    for (Map.Entry<String, @Nullable Object> member : read.entrySet()) {
      Object value = member.getValue();
      if (!known.contains(member.getKey())) {
        throw new Refusal(
            Problem.bad("The body has an unknown member " + Quoted.of(member.getKey()) + "."));
      }
      if (value != null) {
        members.put(member.getKey(), value);
      }
    }
    return members;
  }

  /** One member that is text. */
  static Optional<String> text(Map<String, Object> body, String member) throws Refusal {
    return switch (body.get(member)) {
      case null -> Optional.empty();
      case String text -> Optional.of(text);
      default -> throw new Refusal(Problem.bad("The member \"" + member + "\" is not text."));
    };
  }

  private byte[] bytes() throws Refusal, IOException {
    Refusal tooLarge =
        new Refusal(
            new Problem(
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "The body is larger than " + BODY_LIMIT + " bytes."));
    if (exchange.getRequestContentLength() > BODY_LIMIT) {
      throw tooLarge;
    }
    exchange.startBlocking();
    if (HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponseBlocking(exchange);
    }
    // However slowly it drips.
    XnioExecutor.Key late = Answers.closeAfter(exchange, BODY_TIME);
    byte[] bytes = exchange.getInputStream().readNBytes(BODY_LIMIT + 1);
    late.remove();
    if (bytes.length > BODY_LIMIT) {
      throw tooLarge;
    }
    return bytes;
  }
}
