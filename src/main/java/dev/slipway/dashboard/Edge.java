package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import dev.slipway.ledger.LedgerUnavailable;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;

/** The edge to HTTP: every request is answered here, whatever happens further in. */
final class Edge implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Edge.class);

  private final Gate gate;
  private final Endpoints endpoints;
  private final Executor executor;

  Edge(Gate gate, Endpoints endpoints, Executor executor) {
    this.gate = gate;
    this.endpoints = endpoints;
    this.executor = executor;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    exchange.dispatch(executor, this::answer);
  }

  private void answer(HttpServerExchange exchange) {
    Answers.secure(exchange);
    try {
      if (gate.pass(exchange)) {
        endpoints.answer(exchange);
      }
    } catch (Refusal refusal) {
      Answers.problem(exchange, refusal.problem());
    } catch (LedgerUnavailable away) {
      fail(exchange, Problem.away(String.valueOf(away.getMessage())));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      IoUtils.safeClose(exchange.getConnection());
    } catch (IOException refused) {
      failed(exchange, refused);
    } catch (RuntimeException bug) {
      // The path alone: a query may hold the token.
      log.error("a request failed path={}", exchange.getRequestPath(), bug);
      fail(
          exchange,
          new Problem(StatusCodes.INTERNAL_SERVER_ERROR, "This is a fault of Slipway's own."));
    }
  }

  private static void failed(HttpServerExchange exchange, IOException refused) {
    if (exchange.isResponseStarted() || !exchange.getConnection().isOpen()) {
      // Whoever asked went away, or what is being sent cannot be read on: either way it is cut.
      log.debug("an answer was cut off path={}", exchange.getRequestPath(), refused);
      IoUtils.safeClose(exchange.getConnection());
      return;
    }
    log.warn("the disk refuses path={} reason={}", exchange.getRequestPath(), refused.toString());
    fail(exchange, Problem.away("The state directory refuses: " + refused));
  }

  private static void fail(HttpServerExchange exchange, Problem problem) {
    if (exchange.isResponseStarted()) {
      IoUtils.safeClose(exchange.getConnection());
    } else {
      Answers.problem(exchange, problem);
    }
  }
}
