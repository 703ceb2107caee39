package dev.slipway.dashboard;

import dev.slipway.event.Json;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;

/** Writes answers, each with what keeps a browser from doing more with it than show it. */
final class Answers {
  /** How long the rest of a body that nobody wants is read. */
  private static final Duration LINGER = Duration.ofSeconds(10);

  private static final Map<HttpString, String> SAFETY =
      Map.of(
          Headers.X_CONTENT_TYPE_OPTIONS,
          "nosniff",
          Headers.X_FRAME_OPTIONS,
          "DENY",
          Headers.REFERRER_POLICY,
          "no-referrer",
          Headers.CACHE_CONTROL,
          "no-store",
          Headers.CONTENT_SECURITY_POLICY,
          "default-src 'none'; frame-ancestors 'none'",
          new HttpString("Cross-Origin-Resource-Policy"),
          "same-origin",
          new HttpString("Cross-Origin-Opener-Policy"),
          "same-origin");

  private Answers() {}

  static void secure(HttpServerExchange exchange) {
    SAFETY.forEach(exchange.getResponseHeaders()::put);
  }

  static void json(HttpServerExchange exchange, int status, @Nullable Object value) {
    exchange.setStatusCode(status);
    send(exchange, "application/json", Json.write(value) + "\n");
  }

  static void problem(HttpServerExchange exchange, Problem problem) {
    problem
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.setStatusCode(problem.status());
    send(exchange, "application/problem+json", problem.json() + "\n");
  }

  static void send(HttpServerExchange exchange, String type, String text) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (exchange.isRequestComplete()) {
      exchange.setResponseContentLength(bytes.length);
      exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
    } else {
      exchange.setPersistent(false);
      sendOverBody(exchange, bytes);
    }
  }

  /**
   * Answers though the request's body was not read to its end, and then reads and throws away the
   * rest: closing over unread bytes would reset the connection, and take the answer away from a
   * sender that writes all before it reads.
   */
  private static void sendOverBody(HttpServerExchange exchange, byte[] answer) {
    boolean waits = HttpContinue.requiresContinueResponse(exchange);
    if (!exchange.isBlocking()) {
      exchange.startBlocking();
    }
    closeAfter(exchange, LINGER);
    try (InputStream rest = exchange.getInputStream();
        OutputStream out = exchange.getOutputStream()) {
      out.write(answer);
      out.flush();
      if (!waits) {
        rest.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException gone) {
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  /** Ends the connection if the exchange is not over by then. */
  static XnioExecutor.Key closeAfter(HttpServerExchange exchange, Duration time) {
    XnioExecutor.Key end;
    try {
      end =
          exchange
              .getIoThread()
              .executeAfter(
                  () -> IoUtils.safeClose(exchange.getConnection()),
                  time.toMillis(),
                  TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // The listener was closed meanwhile: its connections go with it.
      IoUtils.safeClose(exchange.getConnection());
      return () -> false;
    }
    exchange.addExchangeCompleteListener((done, next) -> {
      end.remove();
      next.proceed();
    });
    return end;
  }
}
