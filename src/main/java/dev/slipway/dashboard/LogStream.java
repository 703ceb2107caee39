package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.status.LogTail;
import dev.slipway.status.ReleaseLogs;
import dev.slipway.status.Sources;
import dev.slipway.time.Bell;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * The messages of a release: as NDJSON what there is now, as server-sent events all of them up to
 * the last, as they come. A stream's {@code id} is the line's number; a client that comes back says
 * which it saw last. Any thread, for as long as the stream lasts.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class LogStream {
  /** How many may be followed at once. */
  static final int STREAMS = 64;

  /** A silence as long as this is broken by a comment: it shows whether anybody listens. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");
  private static final HttpString UNBUFFERED = new HttpString("X-Accel-Buffering");

  private final ReleaseLogs logs;
  private final Semaphore streams = new Semaphore(STREAMS);

  LogStream(Sources sources) {
    this.logs = new ReleaseLogs(sources);
  }

  void answer(Call call) throws Refusal, IOException, LedgerUnavailable, InterruptedException {
    Slug slug = call.slug();
    ReleaseNumber number = call.release();
    LogTail tail =
        switch (logs.find(slug, number)) {
          case ReleaseLogs.Found.Here(LogTail found) -> found;
          case ReleaseLogs.Found.Missing(String reason) ->
              throw new Refusal(new Problem(StatusCodes.NOT_FOUND, reason + "."));
          case ReleaseLogs.Found.Unknown() -> throw new Refusal(Reads.noRelease(slug, number));
        };
    if (!wantsEvents(call.exchange())) {
      whole(call.exchange(), tail);
    } else if (streams.tryAcquire()) {
      try {
        follow(call.exchange(), slug, number, tail);
      } finally {
        streams.release();
      }
    } else {
      throw new Refusal(Problem.away("Too many logs are being followed already."));
    }
  }

  private static boolean wantsEvents(HttpServerExchange exchange) {
    String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/event-stream");
  }

  private static void whole(HttpServerExchange exchange, LogTail tail) throws IOException {
    OutputStream out = begin(exchange, "application/x-ndjson");
    if (isWanted(exchange)) {
      for (List<LogTail.Line> lines = tail.next(); !lines.isEmpty(); lines = tail.next()) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.json()).append('\n'));
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    out.close();
  }

  private void follow(HttpServerExchange exchange, Slug slug, ReleaseNumber number, LogTail tail)
      throws IOException, InterruptedException {
    tail.skip(lastSeen(exchange));
    List<LogTail.Line> first = tail.next();
    if (first.isEmpty() && tail.isComplete()) {
      // It has seen all there is: this, and not an empty stream, keeps it from coming again.
      exchange.setStatusCode(StatusCodes.NO_CONTENT);
      exchange.endExchange();
      return;
    }
    exchange.getResponseHeaders().put(UNBUFFERED, "no");
    OutputStream out = begin(exchange, "text/event-stream");
    if (isWanted(exchange)) {
      Events events = new Events(out);
      events.take(first);
      logs.follow(slug, number, tail, events);
    }
    out.close();
  }

  private static OutputStream begin(HttpServerExchange exchange, String type) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.startBlocking();
    return exchange.getOutputStream();
  }

  private static boolean isWanted(HttpServerExchange exchange) {
    return !exchange.getRequestMethod().equals(Methods.HEAD);
  }

  private static long lastSeen(HttpServerExchange exchange) {
    String id = exchange.getRequestHeaders().getFirst(LAST_EVENT_ID);
    // Anything else is no number that this stream gave.
    return id != null && id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0;
  }

  /** Writes messages as events. */
  private static final class Events implements ReleaseLogs.Follower {
    private static final long LOOKS_IN_SILENCE = SILENCE.dividedBy(ReleaseLogs.PAUSE);

    private final OutputStream out;
    private final Bell nobodyRings = new Bell();
    private long looks;

    Events(OutputStream out) {
      this.out = out;
    }

    @Override
    public void take(List<LogTail.Line> lines) throws IOException {
      StringBuilder text = new StringBuilder();
      for (LogTail.Line line : lines) {
        text.append("id: ").append(line.number()).append('\n');
        text.append("data: ").append(line.json()).append("\n\n");
      }
      write(text.toString());
    }

    @Override
    public void rest() throws IOException, InterruptedException {
      // The first comment at once: it carries the headers to a client that would wait for them.
      if (looks++ % LOOKS_IN_SILENCE == 0) {
        write(": waiting\n\n");
      }
      nobodyRings.rest(ReleaseLogs.PAUSE);
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
