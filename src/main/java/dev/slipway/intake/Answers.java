package dev.slipway.intake;

import dev.slipway.event.JsonObject;
import dev.slipway.intake.Receipt.Accepted;
import dev.slipway.intake.Receipt.Refused;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Writes answers: JSON, and RFC 9457 problems, a refusal with its line in the journal. Where the
 * request's body was not read to its end, its {@link Rest} is.
 */
final class Answers {
  private static final IoCallback CLOSE =
      new IoCallback() {
        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
          Rest.cut(exchange);
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException gone) {
          Rest.cut(exchange);
        }
      };

  private final TrustedProxies proxies;
  private final Journal journal;
  private final Duration linger;

  /**
   * @param linger how long the rest of a refused body is read
   */
  Answers(TrustedProxies proxies, Journal journal, Duration linger) {
    this.proxies = proxies;
    this.journal = journal;
    this.linger = linger;
  }

  /** The values of a request's header by its name. */
  static Function<String, List<String>> headers(HttpServerExchange exchange) {
    return name -> {
      HeaderValues values = exchange.getRequestHeaders().get(name);
      return values == null ? List.of() : values;
    };
  }

  /** Who the request comes from, behind proxies that are trusted. */
  InetAddress client(HttpServerExchange exchange) {
    return proxies.client(
        exchange.getSourceAddress().getAddress(), headers(exchange).apply(TrustedProxies.HEADER));
  }

  void accepted(HttpServerExchange exchange, Accepted receipt) {
    json(
        exchange,
        StatusCodes.ACCEPTED,
        new JsonObject().with("id", receipt.delivery().id()).with("entry", receipt.entry()));
  }

  void json(HttpServerExchange exchange, int status, JsonObject body) {
    exchange.setStatusCode(status);
    send(exchange, "application/json", body, behind(exchange));
  }

  void refuse(HttpServerExchange exchange, Refused refusal) {
    journal.refused(refusal, client(exchange));
    problem(exchange, refusal, new JsonObject());
  }

  /** Refuses, and does not listen to the rest of the request. */
  void cutOff(HttpServerExchange exchange, Refused refusal) {
    journal.refused(refusal, client(exchange));
    problem(exchange, refusal, new JsonObject(), CLOSE);
  }

  /** A problem with members of its own behind the standard ones; no refusal of what was sent. */
  void problem(HttpServerExchange exchange, Refused refusal, JsonObject more) {
    problem(exchange, refusal, more, behind(exchange));
  }

  private static void problem(
      HttpServerExchange exchange, Refused refusal, JsonObject more, IoCallback then) {
    JsonObject problem =
        new JsonObject()
            .with("type", "about:blank")
            .with("title", StatusCodes.getReason(refusal.status()))
            .with("status", refusal.status())
            .with("detail", refusal.detail());
    more.members().forEach(problem::with);
    exchange.setStatusCode(refusal.status());
    refusal
        .retryAfter()
        .ifPresent(pause ->
            exchange
                .getResponseHeaders()
                .put(Headers.RETRY_AFTER, Math.max(1, pause.plusMillis(999).toSeconds())));
    send(exchange, "application/problem+json", problem, then);
  }

  private static void send(
      HttpServerExchange exchange, String type, JsonObject body, IoCallback then) {
    ByteBuffer bytes = ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.setResponseContentLength(bytes.remaining());
    exchange.getResponseSender().send(bytes, then);
  }

  /** What comes behind an answer: the end, or first the rest of a body that was not read. */
  private IoCallback behind(HttpServerExchange exchange) {
    if (exchange.isRequestComplete()) {
      return IoCallback.END_EXCHANGE;
    }
    exchange.setPersistent(false);
    // Who asked whether to go on at all, and was told no, sends nothing more.
    boolean nothingComes =
        HttpContinue.requiresContinueResponse(exchange)
            && !HttpContinue.isContinueResponseSent(exchange);
    return nothingComes ? IoCallback.END_EXCHANGE : new Rest(linger);
  }
}
