package dev.slipway.dashboard;

import dev.slipway.event.JsonObject;
import dev.slipway.status.Snapshots;
import dev.slipway.status.Sources;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The admin listener while it is open: HTTP/1.1 on one address. It owns one thread for the sockets
 * and a virtual one for each request.
 */
public final class AdminListener implements AutoCloseable {
  private static final int BUFFER = 16 << 10;
  private static final int CONNECTIONS = 256;
  private static final int HEADER_BYTES = 16 << 10;
  private static final int HEADERS = 100;
  private static final int IDLE_MILLIS = 30_000;
  private static final int HEAD_MILLIS = 10_000;

  /** How long an answer may find nobody to take it. Longer than a stream's silence. */
  private static final int WRITE_MILLIS = 60_000;

  private static final OptionMap THREADS =
      OptionMap.builder()
          .set(Options.WORKER_NAME, "admin")
          .set(Options.WORKER_IO_THREADS, 1)
          .set(Options.WORKER_TASK_CORE_THREADS, 1)
          .set(Options.WORKER_TASK_MAX_THREADS, 1)
          .set(Options.THREAD_DAEMON, true)
          .getMap();

  private static final OptionMap HTTP =
      OptionMap.builder()
          .set(UndertowOptions.MAX_HEADER_SIZE, HEADER_BYTES)
          .set(UndertowOptions.MAX_HEADERS, HEADERS)
          .set(UndertowOptions.MAX_PARAMETERS, HEADERS)
          .set(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
          .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, HEAD_MILLIS)
          // Bodies are counted where they are read: Undertow's own limit resets the connection.
          .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
          .set(UndertowOptions.ENABLE_HTTP2, false)
          .getMap();

  private static final OptionMap SOCKETS =
      OptionMap.builder()
          .set(Options.TCP_NODELAY, true)
          .set(Options.REUSE_ADDRESSES, true)
          .set(Options.WRITE_TIMEOUT, WRITE_MILLIS)
          .set(Options.CONNECTION_HIGH_WATER, CONNECTIONS)
          .set(Options.CONNECTION_LOW_WATER, CONNECTIONS)
          .getMap();

  private final AdminToken token;
  private final XnioWorker worker;
  private final ExecutorService executor;
  private final HttpOpenListener connections;
  private final AcceptingChannel<StreamConnection> server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private AdminListener(Admin admin, Optional<URI> origin, Sources sources, Vitals vitals)
      throws IOException {
    token = AdminToken.obtain(admin, sources.spool().state());
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(admin.host()), admin.port());
    executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-", 0).factory());
    // Without a cache per thread: the threads are virtual and would leave theirs behind.
    connections = new HttpOpenListener(new DefaultByteBufferPool(true, BUFFER, -1, 0), HTTP);
    worker = Xnio.getInstance(AdminListener.class.getClassLoader()).createWorker(THREADS);
    server = bind(address);
    Hosts hosts = new Hosts(admin.host(), address().getPort(), origin);
    Gate gate = new Gate(hosts, new Sessions(token.secret(), sources.clock()));
    connections.setRootHandler(new Edge(gate, endpoints(sources, vitals), executor));
    server.resumeAccepts();
  }

  /**
   * Opens the listener; it accepts when this returns.
   *
   * @param origin the public address, where a proxy stands before the listener
   * @throws IOException when the address cannot be listened on, or the token not be kept
   */
  public static AdminListener open(
      Admin admin, Optional<URI> origin, Sources sources, Vitals vitals) throws IOException {
    return new AdminListener(admin, origin, sources, vitals);
  }

  private AcceptingChannel<StreamConnection> bind(InetSocketAddress address) throws IOException {
    try {
      return worker.createStreamConnectionServer(
          address, ChannelListeners.openListenerAdapter(connections), SOCKETS);
    } catch (IOException taken) {
      worker.shutdown();
      executor.close();
      throw new IOException("cannot listen on " + address + ": " + taken.getMessage(), taken);
    }
  }

  private static Endpoints endpoints(Sources sources, Vitals vitals) {
    Reads reads = new Reads(sources);
    Acting acting = new Acting(sources);
    Snapshots snapshots = new Snapshots(sources);
    String deployment = "/api/v1/deployments/{}";
    String entry = "/api/v1/queues/{}/{}";
    return new Endpoints()
        .with("GET", "/", call -> greet(call, vitals))
        .with(
            "GET",
            "/metrics",
            call ->
                Answers.send(
                    call.exchange(), Metrics.TYPE, Metrics.write(snapshots.take(), vitals)))
        .with("GET", "/api/v1/deployments", reads::deployments)
        .with("GET", deployment, reads::deployment)
        .with("GET", deployment + "/releases", reads::releases)
        .with("GET", deployment + "/releases/{}", reads::release)
        .with("GET", deployment + "/releases/{}/log", new LogStream(sources)::answer)
        .with("GET", "/api/v1/queues", reads::queues)
        .with("POST", deployment + "/deploy", acting::deploy)
        .with("POST", deployment + "/rollback", acting::rollback)
        .with("POST", deployment + "/pause", acting::pause)
        .with("POST", deployment + "/resume", acting::resume)
        .with("POST", deployment + "/cancel", acting::cancel)
        .with("POST", entry + "/retry", acting::retry)
        .with("POST", entry + "/drop", acting::drop);
  }

  private static void greet(Call call, Vitals vitals) {
    Answers.json(
        call.exchange(),
        StatusCodes.OK,
        new JsonObject()
            .with("service", "slipway")
            .with("version", vitals.version())
            .with("deployments", "/api/v1/deployments")
            .with("queues", "/api/v1/queues")
            .with("metrics", "/metrics"));
  }

  /** Where it listens, with the port that it got where none was asked for. */
  public InetSocketAddress address() {
    return server.getLocalAddress(InetSocketAddress.class);
  }

  /** What opens it. */
  public AdminToken token() {
    return token;
  }

  /** Cuts all connections, ends all streams. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      // A second time would wait for the threads that the first one ended.
      return;
    }
    IoUtils.safeClose(server);
    executor.shutdownNow();
    connections.closeConnections();
    executor.close();
    worker.shutdown();
  }
}
