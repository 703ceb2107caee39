import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed deliveries of one payload over keep-alive connections, each with an id of its own, one under
 * way on each connection. One thread and a selector, so that the load takes as little as possible of
 * the machine that it measures.
 */
final class Load {
  private static final int ID_DIGITS = 12;
  private static final int WARM_UP_SECONDS = 4;

  private final int port;
  private final byte[] request;
  private final int idAt;
  private long sent;
  private long[] nanos = new long[1 << 16];
  private int answered;

  /** What came of a run: accepted in a second, and how long the answers took, in milliseconds. */
  record Result(double rate, double median, double p99) {}

  Load(int port, String secret, byte[] payload) throws Exception {
    this.port = port;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(ISO_8859_1), "HmacSHA256"));
    String head =
        "POST /github-webhook HTTP/1.1\r\nHost: localhost\r\nUser-Agent: GitHub-Hookshot/bench\r\n"
            + "Content-Type: application/json\r\nX-GitHub-Event: push\r\nX-Hub-Signature-256: sha256="
            + HexFormat.of().formatHex(mac.doFinal(payload))
            + "\r\nContent-Length: "
            + payload.length
            + "\r\nX-GitHub-Delivery: "
            + prefix();
    idAt = head.length();
    byte[] start = (head + "0".repeat(ID_DIGITS) + "\r\n\r\n").getBytes(ISO_8859_1);
    request = Arrays.copyOf(start, start.length + payload.length);
    System.arraycopy(payload, 0, request, start.length, payload.length);
  }

  private static String prefix() {
    return Long.toString(System.nanoTime(), 36) + "-";
  }

  /** Sends so long, after a warm-up. */
  Result run(int connections, int seconds) throws IOException {
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        Connection connection = new Connection();
        connection.channel.configureBlocking(false);
        connection.channel.register(selector, SelectionKey.OP_READ, connection);
        connection.send();
      }
      drive(selector, WARM_UP_SECONDS);
      answered = 0;
      long start = System.nanoTime();
      drive(selector, seconds);
      double elapsed = (System.nanoTime() - start) / 1e9;
      long[] sorted = Arrays.copyOf(nanos, answered);
      Arrays.sort(sorted);
      Result result =
          new Result(
              answered / elapsed,
              sorted[answered / 2] / 1e6,
              sorted[(int) (answered * 0.99)] / 1e6);
      for (SelectionKey key : selector.keys()) {
        ((Connection) key.attachment()).channel.close();
      }
      return result;
    }
  }

  /** How many deliveries were sent. */
  long sent() {
    return sent;
  }

  /** Sends one; says when it was accepted. */
  Instant once() throws IOException {
    Connection connection = new Connection();
    try (SocketChannel _ = connection.channel) {
      connection.send();
      while (!connection.receive()) {}
      return Instant.now();
    }
  }

  private void drive(Selector selector, int seconds) throws IOException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      selector.select(1_000);
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        if (connection.receive()) {
          if (answered == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * answered);
          }
          nanos[answered++] = System.nanoTime() - connection.since;
          connection.send();
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private final class Connection {
    final SocketChannel channel;
    final ByteBuffer out = ByteBuffer.wrap(request.clone());
    final ByteBuffer in = ByteBuffer.allocate(4096);
    long since;

    Connection() throws IOException {
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Sends the next request; a local socket takes one whole. */
    void send() throws IOException {
      byte[] id = Long.toString(++sent).getBytes(ISO_8859_1);
      System.arraycopy(id, 0, out.array(), idAt + ID_DIGITS - id.length, id.length);
      since = System.nanoTime();
      out.clear();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      in.clear();
    }

    /** Whether the whole answer is there; fails on any but 202. */
    boolean receive() throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the connection was ended");
      }
      String text = new String(in.array(), 0, in.position(), ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
      if (!head.startsWith("http/1.1 202 ")) {
        throw new IOException(text);
      }
      int at = head.indexOf("content-length:") + "content-length:".length();
      int length = Integer.parseInt(head.substring(at, head.indexOf('\r', at)).strip());
      return text.length() >= end + 4 + length;
    }
  }
}
