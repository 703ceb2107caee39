package dev.slipway.dashboard;

import dev.slipway.status.Scene;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** An open admin listener over a {@link Scene}, and a client before it. */
final class Desk implements AutoCloseable {
  static final String TOKEN = "correct-horse";
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final Scene scene;
  final AtomicReference<Optional<Vitals.Intake>> intake =
      new AtomicReference<>(Optional.of(new Vitals.Intake(7, Map.of(403, 2L))));
  final AdminListener listener;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  Desk(Path root) throws IOException {
    scene = new Scene(root);
    listener =
        AdminListener.open(
            new Admin("127.0.0.1", 0, Optional.of(new Secret(TOKEN))),
            Optional.of(URI.create("https://deploy.example.org")),
            scene.sources,
            new Vitals(intake::get, List::of, "1.2.3"));
  }

  int port() {
    return listener.address().getPort();
  }

  /** A request that has no right to anything yet. */
  HttpRequest.Builder stranger(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(PATIENCE);
  }

  /** A request with the token. */
  HttpRequest.Builder request(String path) {
    return stranger(path).header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** An answer whose lines are taken as they come. */
  HttpResponse<java.util.stream.Stream<String>> stream(HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
  }

  /** The whole answer to bytes as they stand; the connection must be closed by the request. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(listener.address().getAddress(), port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    listener.close();
  }
}
