package dev.slipway.intake;

import dev.slipway.event.JsonObject;
import dev.slipway.intake.Receipt.Refused;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** The requests that the listener knows, and the answers to all but the posted deliveries. */
final class Endpoints implements HttpHandler {
  private static final Duration READY_PAUSE = Duration.ofSeconds(5);

  private final Surroundings surroundings;
  private final HttpHandler deliveries;
  private final Answers answers;
  private final Executor executor;

  Endpoints(Surroundings surroundings, HttpHandler deliveries, Answers answers, Executor executor) {
    this.surroundings = surroundings;
    this.deliveries = deliveries;
    this.answers = answers;
    this.executor = executor;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!exchange.isInIoThread()) {
      // A pipelined request begins on the thread where the one before it ended.
      exchange.dispatch(exchange.getIoThread(), this);
      return;
    }
    String coding = exchange.getRequestHeaders().getFirst(Headers.TRANSFER_ENCODING);
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      // Where the body ends is anyone's guess, so what follows must not be taken for a request.
      answers.cutOff(
          exchange, new Refused(StatusCodes.BAD_REQUEST, "The transfer coding is not known."));
      return;
    }
    HttpString protocol = exchange.getProtocol();
    if (!protocol.equals(Protocols.HTTP_1_1) && !protocol.equals(Protocols.HTTP_1_0)) {
      // Answers to HTTP/0.9 have no status: the sender would not know what became of its request.
      answers.cutOff(
          exchange,
          new Refused(StatusCodes.BAD_REQUEST, "The version of HTTP is not spoken here."));
      return;
    }
    switch (exchange.getRequestPath()) {
      case "/" -> get(exchange, this::greet);
      case "/healthz" -> get(exchange, this::live);
      case "/readyz" -> get(exchange, it -> it.dispatch(executor, this::ready));
      case "/github-webhook" -> {
        if (exchange.getRequestMethod().equals(Methods.POST)) {
          deliveries.handleRequest(exchange);
        } else {
          notAllowed(exchange, "POST");
        }
      }
      default ->
          answers.refuse(exchange, new Refused(StatusCodes.NOT_FOUND, "There is nothing here."));
    }
  }

  private void get(HttpServerExchange exchange, HttpHandler answer) throws Exception {
    if (exchange.getRequestMethod().equals(Methods.GET)
        || exchange.getRequestMethod().equals(Methods.HEAD)) {
      answer.handleRequest(exchange);
    } else {
      notAllowed(exchange, "GET, HEAD");
    }
  }

  private void notAllowed(HttpServerExchange exchange, String allowed) {
    exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
    answers.refuse(
        exchange, new Refused(StatusCodes.METHOD_NOT_ALLOWED, "Only " + allowed + " works here."));
  }

  private void greet(HttpServerExchange exchange) {
    answers.json(
        exchange,
        StatusCodes.OK,
        new JsonObject()
            .with("service", "slipway")
            .with("version", surroundings.version())
            .with("status", "ok"));
  }

  private void live(HttpServerExchange exchange) {
    answers.json(exchange, StatusCodes.OK, new JsonObject().with("status", "ok"));
  }

  private void ready(HttpServerExchange exchange) {
    List<String> obstacles = surroundings.readiness().obstacles();
    if (obstacles.isEmpty()) {
      answers.json(exchange, StatusCodes.OK, new JsonObject().with("status", "ready"));
    } else {
      answers.problem(
          exchange,
          Refused.until(StatusCodes.SERVICE_UNAVAILABLE, String.join(" ", obstacles), READY_PAUSE),
          new JsonObject().with("reasons", obstacles));
    }
  }
}
