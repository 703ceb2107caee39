package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.disk.RealDisk;
import dev.slipway.fuzz.Fuzz;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listener behind a real nginx with the configuration that the project ships. */
@Timeout(300)
class NginxIT {
  private static final Path SHIPPED = Path.of("nginx/slipway.conf");
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  @TempDir Path directory;
  private Doorstep doorstep;
  private Process nginx;
  private InetSocketAddress front;

  @BeforeEach
  void open() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "nginx is not installed");
    Files.createDirectories(directory.resolve("nginx"));
    doorstep =
        new Doorstep(
            directory.resolve("state"), new RealDisk(), Doorstep.LIMITS, Doorstep.MAX_BODY);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      front = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
    configure();
    nginx =
        new ProcessBuilder(
                PROGRAM.toString(), "-p", directory.resolve("nginx").toString(), "-c", "nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx/out").toFile())
            .start();
    Awaitility.await("nginx listens")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> {
          assertTrue(nginx.isAlive(), () -> read("out"));
          try (Socket socket = new Socket(front.getAddress(), front.getPort())) {
            return socket.isConnected();
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  /** As it is shipped, but for its addresses, and for the patience with headers and bodies. */
  private void configure() throws IOException {
    String shipped = Files.readString(SHIPPED);
    String here =
        shipped
            .replace("127.0.0.1:3400", "127.0.0.1:" + doorstep.address().getPort())
            .replace("listen 80;", "listen 127.0.0.1:" + front.getPort() + ";")
            .replace("listen [::]:80;", "")
            .replace("client_header_timeout 10s", "client_header_timeout 2s")
            .replace("client_body_timeout 15s", "client_body_timeout 2s");
    Files.writeString(directory.resolve("nginx/slipway.conf"), here);
    Files.writeString(
        directory.resolve("nginx/nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log;
        events { worker_connections 400; }
        http {
          log_format seen "$upstream_addr|$status|$request";
          access_log seen.log seen;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          include slipway.conf;
        }
        """);
  }

  @AfterEach
  void close() throws Exception {
    if (nginx != null) {
      nginx.destroyForcibly().waitFor();
    }
    if (doorstep != null) {
      doorstep.close();
    }
  }

  private String read(String file) {
    try {
      Path path = directory.resolve("nginx").resolve(file);
      return Files.exists(path) ? Files.readString(path, ISO_8859_1) : "";
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** How many requests nginx has passed on. */
  private long passedOn() {
    return read("seen.log").lines().filter(line -> !line.startsWith("-|")).count();
  }

  private long received() {
    return doorstep.listener.counts().accepted() + refused();
  }

  private long refused() {
    return doorstep.listener.counts().refused().values().stream().mapToLong(it -> it).sum();
  }

  @Test
  void aDeliveryComesThroughWithTheAddressThatItReallyCameFrom() throws Exception {
    Wire.Answer answer =
        Wire.exchange(front, Post.push().with("X-Forwarded-For", "203.0.113.9").bytes());

    assertEquals(202, answer.status(), answer.body());
    String entry = Files.readString(doorstep.entries().getFirst(), UTF_8);
    assertTrue(entry.contains("\"remote\":\"127.0.0.1\""), entry);
    assertEquals(404, Wire.exchange(front, Post.push().to("GET", "/readyz").bytes()).status());
  }

  @Test
  void nothingIsSmuggledPastNginx() throws Exception {
    String hidden = new String(Post.push().id("smuggled").bytes(), ISO_8859_1);
    for (String framing : OddRequests.FRAMING) {
      String outer = new String(Post.push().id("outer").rawHead(), ISO_8859_1);
      for (String body : List.of("0\r\n\r\n" + hidden, "{}   " + hidden, hidden)) {
        String request = outer.replace("\r\n\r\n", "\r\n" + framing + "\r\n\r\n") + body;
        rest(request.getBytes(ISO_8859_1));
        assertEquals(List.of(), smuggledBeyond(), framing);
      }
    }
  }

  /** Entries that nginx did not pass on as requests of their own. */
  private List<String> smuggledBeyond() throws IOException {
    return received() <= passedOn()
        ? List.of()
        : List.of("received " + received() + ", passed on: " + read("seen.log"));
  }

  @Test
  void whateverComesNginxAndTheListenerSeeTheSameRequests() {
    Fuzz.check(
        120,
        random -> {
          byte[] request = OddRequests.some(random);
          rest(request);
          assertEquals(List.of(), smuggledBeyond(), new String(request, ISO_8859_1));
          assertTrue(
              read("seen.log").lines().noneMatch(line -> line.matches(".*\\|500\\|.*")),
              () -> read("seen.log"));
        });
  }

  /** Sends it all and reads until the other side ends the connection. */
  private void rest(byte[] request) {
    try (Wire wire = new Wire(front)) {
      wire.send(request);
      wire.halfClose();
      wire.rest();
    } catch (IOException cutOff) {
      // What counts is what came through.
    }
  }

  @Test
  void slowSendersAreCutOffAndDelayNobody() throws Exception {
    List<Wire> slow = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      slow.add(new Wire(front).send("POST /github-webhook HTTP/1.1\r\nHost: x\r\nX-"));
      slow.add(new Wire(front).send(Post.push().id("slow-" + i).head()).send("{"));
    }

    assertEquals(202, Wire.exchange(front, Post.push().bytes()).status());

    for (Wire wire : slow) {
      // 408, or nothing; but an end.
      wire.rest();
      wire.close();
    }
    assertEquals(1, doorstep.entries().size());
    assertEquals(202, Wire.exchange(front, Post.push().bytes()).status());
  }
}
