package dev.slipway.intake;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSourceChannel;

/**
 * The body of one request while it is being read into memory. It is read as it comes, by the
 * connection's I/O thread: no thread waits for a slow sender. It ends in one {@link Outcome},
 * exactly once; what it took of the {@link Room} is given back by {@link #close}.
 *
 * <p>The connection's I/O thread only until the outcome, then whoever deals with it.
 */
final class Body implements AutoCloseable {
  private static final int FIRST = 8 << 10;

  /** A form's payload is decoded before it is put into its entry. */
  static final int MOST_COPIES = 3;

  /** A body is held twice while it is put into its entry. */
  private static final int LEAST_COPIES = 2;

  /** How the reading ended. */
  sealed interface Outcome {
    /** All of it is here, to be had by {@link Body#take}. */
    record Whole() implements Outcome {}

    /** It is longer than the limit; its rest is unread. */
    record TooLarge() implements Outcome {}

    /** Too much is under way already; its rest is unread. */
    record NoRoom() implements Outcome {}

    /** It did not come in time. */
    record Late() implements Outcome {}

    /** The sender went away. */
    record Lost() implements Outcome {}
  }

  /** Goes on with the request, as a handler would. */
  @FunctionalInterface
  interface Next {
    void handle(HttpServerExchange exchange, Outcome outcome) throws Exception;
  }

  private final HttpServerExchange exchange;
  private final Room room;
  private final int limit;
  private final int copies;
  private final int declared;

  private byte[] bytes = {};
  private int length;
  private final AtomicLong taken = new AtomicLong();
  private boolean ended;
  private XnioExecutor.@Nullable Key deadline;

  Body(HttpServerExchange exchange, Room room, int limit, Delivery.Encoding encoding) {
    this.exchange = exchange;
    this.room = room;
    this.limit = limit;
    this.copies =
        switch (encoding) {
          case JSON -> LEAST_COPIES;
          case FORM -> MOST_COPIES;
        };
    this.declared = (int) Math.min(exchange.getRequestContentLength(), limit);
  }

  /** Begins; to be called by a handler as its last act. */
  void read(Duration atMost, Next next) throws Exception {
    StreamSourceChannel channel = exchange.getRequestChannel();
    Outcome early = pump(channel);
    if (early != null) {
      ended = true;
      next.handle(exchange, early);
      return;
    }
    deadline =
        exchange
            .getIoThread()
            .executeAfter(
                () -> end(new Outcome.Late(), next), atMost.toMillis(), TimeUnit.MILLISECONDS);
    channel.getReadSetter().set(it -> readable(it, next));
    channel.resumeReads();
  }

  private void readable(StreamSourceChannel channel, Next next) {
    Outcome outcome = ended ? null : pump(channel);
    if (outcome != null) {
      channel.suspendReads();
      end(outcome, next);
    }
  }

  private void end(Outcome outcome, Next next) {
    if (ended) {
      return;
    }
    ended = true;
    if (deadline != null) {
      deadline.remove();
    }
    Connectors.executeRootHandler(it -> next.handle(it, outcome), exchange);
  }

  /** Reads what is there; null: more is to come. */
  private @Nullable Outcome pump(StreamSourceChannel channel) {
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      ByteBuffer buffer = pooled.getBuffer();
      while (true) {
        buffer.clear();
        int count = channel.read(buffer);
        if (count <= 0) {
          return count == 0 ? null : new Outcome.Whole();
        }
        if (count > limit - length) {
          return new Outcome.TooLarge();
        }
        if (!grow(length + count)) {
          return new Outcome.NoRoom();
        }
        buffer.flip().get(bytes, length, count);
        length += count;
      }
    } catch (IOException gone) {
      return new Outcome.Lost();
    }
  }

  private boolean grow(int needed) {
    if (needed <= bytes.length) {
      return true;
    }
    // What was only declared is not taken yet: a declaration costs the sender nothing.
    int doubled = (int) Math.min(limit, Math.max(Math.max(FIRST, needed), 2L * bytes.length));
    int capacity = declared >= needed ? Math.min(declared, doubled) : doubled;
    long more = (long) copies * (capacity - bytes.length);
    if (!room.take(more, taken.get())) {
      return false;
    }
    taken.addAndGet(more);
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  /** Hands the bytes over, once, and keeps none. */
  byte[] take() {
    byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    bytes = new byte[0];
    return whole;
  }

  /** Gives the room back, after the outcome was dealt with. Any thread, and as often as wanted. */
  @Override
  public void close() {
    room.give(taken.getAndSet(0));
  }
}
