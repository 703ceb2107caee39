package dev.slipway.intake;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * The rest of a body that was refused before it was read: read behind the answer and thrown away,
 * for a bounded time. Closing over unread bytes would reset the connection, and take the answer
 * away from a sender that writes all before it reads. The connection's I/O thread only.
 */
final class Rest implements IoCallback {
  private final Duration atMost;

  Rest(Duration atMost) {
    this.atMost = atMost;
  }

  @Override
  public void onComplete(HttpServerExchange exchange, Sender sender) {
    XnioExecutor.Key deadline;
    try {
      deadline =
          exchange
              .getIoThread()
              .executeAfter(() -> cut(exchange), atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // The listener was closed between the answer and here.
      cut(exchange);
      return;
    }
    drain(exchange, deadline);
  }

  private static void drain(HttpServerExchange exchange, XnioExecutor.Key deadline) {
    Connectors.resetRequestChannel(exchange);
    StreamSourceChannel rest = exchange.getRequestChannel();
    rest.getReadSetter()
        .set(
            ChannelListeners.drainListener(
                Long.MAX_VALUE,
                all -> {
                  deadline.remove();
                  exchange.endExchange();
                },
                (lost, failure) -> {
                  deadline.remove();
                  cut(exchange);
                }));
    rest.resumeReads();
  }

  @Override
  public void onException(HttpServerExchange exchange, Sender sender, IOException lost) {
    cut(exchange);
  }

  static void cut(HttpServerExchange exchange) {
    IoUtils.safeClose(exchange.getConnection());
    exchange.endExchange();
  }
}
