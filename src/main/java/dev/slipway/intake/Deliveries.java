package dev.slipway.intake;

import dev.slipway.intake.Receipt.Accepted;
import dev.slipway.intake.Receipt.Refused;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes posted deliveries through their stations: headers, body, decision, answer. Headers and body
 * are read by the connection's I/O thread; the decision, which waits for the disk, is taken on a
 * virtual thread of the request's own.
 */
final class Deliveries implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
  private static final String STOPPING = "The listener is being stopped.";
  private static final String LATE = "The body did not come in time.";
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Webhook webhook;
  private final Answers answers;
  private final Limits limits;
  private final InFlight inFlight;
  private final Executor executor;
  private final Room room;

  Deliveries(
      Webhook webhook, Answers answers, Limits limits, InFlight inFlight, Executor executor) {
    this.webhook = webhook;
    this.answers = answers;
    this.limits = limits;
    this.inFlight = inFlight;
    this.executor = executor;
    this.room = new Room(limits.memory());
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Preamble preamble =
        webhook.open(
            answers.client(exchange),
            Answers.headers(exchange),
            exchange.getRequestContentLength());
    switch (preamble) {
      case Refused refused -> answers.refuse(exchange, refused);
      case Delivery delivery -> {
        Optional<InFlight.Stay> stay = inFlight.enter();
        if (stay.isPresent()) {
          Visit visit = new Visit(delivery, body(exchange, delivery), stay.get());
          // The last resort: whatever goes wrong on the way must not hold up the daemon's end.
          exchange.addExchangeCompleteListener((it, next) -> {
            visit.leave();
            next.proceed();
          });
          new HttpContinueReadHandler(_ -> read(visit)).handleRequest(exchange);
        } else {
          answers.refuse(exchange, unavailable(STOPPING));
        }
      }
    }
  }

  /** A delivery under way, and what it takes meanwhile. */
  private record Visit(Delivery delivery, Body body, InFlight.Stay stay) {
    /** Gives all of it back; more than once is as good as once. */
    void leave() {
      try (stay) {
        body.close();
      }
    }
  }

  private Body body(HttpServerExchange exchange, Delivery delivery) {
    return new Body(exchange, room, webhook.maxBody(), delivery.encoding());
  }

  private void read(Visit visit) throws Exception {
    visit.body().read(limits.body(), (it, outcome) -> proceed(it, visit, outcome));
  }

  private void proceed(HttpServerExchange exchange, Visit visit, Body.Outcome outcome) {
    switch (outcome) {
      case Body.Outcome.Whole _ -> exchange.dispatch(executor, it -> decide(it, visit));
      case Body.Outcome.TooLarge _ -> {
        visit.leave();
        answers.refuse(exchange, webhook.tooLarge());
      }
      case Body.Outcome.NoRoom _ -> {
        visit.leave();
        answers.refuse(exchange, unavailable("Too much is being received already."));
      }
      case Body.Outcome.Late _ -> {
        visit.leave();
        answers.cutOff(exchange, new Refused(StatusCodes.REQUEST_TIME_OUT, LATE));
      }
      case Body.Outcome.Lost _ -> {
        visit.leave();
        Rest.cut(exchange);
      }
    }
  }

  private void decide(HttpServerExchange exchange, Visit visit) {
    Receipt receipt = receive(visit.delivery(), visit.body());
    // Ended where it began: Undertow's reader spins while another thread ends an exchange.
    exchange.dispatch(exchange.getIoThread(), it -> answer(it, visit, receipt));
  }

  private Receipt receive(Delivery delivery, Body body) {
    try (body) {
      return webhook.receive(delivery, body.take());
    } catch (InterruptedException stopped) {
      return unavailable(STOPPING);
    } catch (RuntimeException bug) {
      LOG.error("a delivery met a bug event={}", delivery.id(), bug);
      return new Refused(StatusCodes.INTERNAL_SERVER_ERROR, "The service's log says more.");
    }
  }

  private void answer(HttpServerExchange exchange, Visit visit, Receipt receipt) {
    try {
      switch (receipt) {
        case Accepted accepted -> answers.accepted(exchange, accepted);
        case Refused refused -> answers.refuse(exchange, refused);
      }
    } finally {
      visit.leave();
    }
  }

  private static Refused unavailable(String detail) {
    return Refused.until(StatusCodes.SERVICE_UNAVAILABLE, detail, PAUSE);
  }
}
