package dev.slipway.intake;

import dev.slipway.vocabulary.ByteSize;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The webhook listener while it is open: HTTP/1.1 on one address. It owns the only threads that are
 * not started by the daemon itself: {@value #IO_THREADS} for the sockets, and a virtual one for
 * each request that waits for the disk.
 *
 * <p>To end it without losing a request: {@link #stopAccepting}, {@link #drain}, {@link #close}.
 */
public final class Listener implements AutoCloseable {
  private static final int IO_THREADS = 2;
  private static final int BUFFER = 16 << 10;
  private static final int BUFFERS = 128;
  private static final int BACKLOG = 1_024;
  private static final OptionMap THREADS =
      OptionMap.builder()
          .set(Options.WORKER_NAME, "intake")
          .set(Options.WORKER_IO_THREADS, IO_THREADS)
          .set(Options.WORKER_TASK_CORE_THREADS, 1)
          .set(Options.WORKER_TASK_MAX_THREADS, 1)
          .set(Options.THREAD_DAEMON, true)
          .getMap();

  private final XnioWorker worker;
  private final ExecutorService executor;
  private final HttpOpenListener connections;
  private final AcceptingChannel<StreamConnection> server;
  private final InFlight inFlight = new InFlight();
  private final Journal journal;

  private Listener(Listen listen, Limits limits, Surroundings surroundings) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
    journal = new Journal(surroundings.clock());
    executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("intake-", 0).factory());
    Answers answers =
        new Answers(new TrustedProxies(listen.trustedProxies()), journal, limits.body());
    Deliveries deliveries =
        new Deliveries(
            new Webhook(listen.maxBody(), surroundings, journal),
            answers,
            limits,
            inFlight,
            executor);
    // On the heap, where what a burst needed is given back; and without a cache per thread: the
    // threads are virtual and would leave theirs behind.
    connections =
        new HttpOpenListener(new DefaultByteBufferPool(false, BUFFER, BUFFERS, 0), http(limits));
    connections.setRootHandler(new Endpoints(surroundings, deliveries, answers, executor));
    worker = Xnio.getInstance(Listener.class.getClassLoader()).createWorker(THREADS);
    server = bind(address, limits);
    server.resumeAccepts();
  }

  private AcceptingChannel<StreamConnection> bind(InetSocketAddress address, Limits limits)
      throws IOException {
    try {
      return worker.createStreamConnectionServer(
          address, ChannelListeners.openListenerAdapter(connections), sockets(limits));
    } catch (IOException taken) {
      worker.shutdown();
      throw new IOException("cannot listen on " + address + ": " + taken.getMessage(), taken);
    }
  }

  /**
   * Opens the listener with the daemon's own limits.
   *
   * @throws IOException when the address cannot be listened on, or the heap cannot hold a body of
   *     the largest size
   */
  public static Listener open(Listen listen, Surroundings surroundings) throws IOException {
    ByteSize heap = new ByteSize(Runtime.getRuntime().maxMemory());
    Limits limits;
    try {
      limits = Limits.standard(listen.maxBody(), heap);
    } catch (IllegalArgumentException tooLarge) {
      throw new IOException(tooLarge.getMessage(), tooLarge);
    }
    return open(listen, limits, surroundings);
  }

  /**
   * Opens the listener; it accepts when this returns.
   *
   * @throws IOException when the address cannot be listened on
   */
  public static Listener open(Listen listen, Limits limits, Surroundings surroundings)
      throws IOException {
    return new Listener(listen, limits, surroundings);
  }

  /** Where it listens, with the port that it got where none was asked for. */
  public InetSocketAddress address() {
    return server.getLocalAddress(InetSocketAddress.class);
  }

  public IntakeCounts counts() {
    return journal.counts();
  }

  /** Takes no new connection and no new delivery; what is under way goes on. */
  public void stopAccepting() {
    IoUtils.safeClose(server);
    inFlight.shut();
  }

  /** Waits for the deliveries that are under way; says whether all of them ended in time. */
  public boolean drain(Duration atMost) throws InterruptedException {
    return inFlight.awaitNone(atMost);
  }

  /** Cuts all connections; a delivery that waits for the disk is waited for. */
  @Override
  public void close() {
    stopAccepting();
    connections.closeConnections();
    executor.close();
    worker.shutdown();
  }

  private static OptionMap http(Limits limits) {
    return OptionMap.builder()
        .set(UndertowOptions.MAX_HEADER_SIZE, Limits.HEADER_BYTES)
        .set(UndertowOptions.MAX_HEADERS, Limits.HEADERS)
        .set(UndertowOptions.MAX_PARAMETERS, Limits.HEADERS)
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, Math.toIntExact(limits.idle().toMillis()))
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, Math.toIntExact(limits.head().toMillis()))
        // Bodies are counted where they are read: Undertow's own limit resets the connection.
        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
        .set(UndertowOptions.ENABLE_HTTP2, false)
        .getMap();
  }

  private static OptionMap sockets(Limits limits) {
    return OptionMap.builder()
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BACKLOG, BACKLOG)
        .set(Options.CONNECTION_HIGH_WATER, limits.connections())
        .set(Options.CONNECTION_LOW_WATER, limits.connections())
        .getMap();
  }
}
