package dev.slipway.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.event.Json;
import dev.slipway.event.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on loopback that answers as GitHub's API does about the webhooks of repositories: three
 * items on a page, further pages by their {@code Link}. It can be made to refuse. Any thread.
 */
public final class FakeGitHub implements AutoCloseable {
  public static final String TOKEN = "a token of some length";
  private static final int PER_PAGE = 3;
  private static final Pattern HOOKS = Pattern.compile("/repos/([^/]+/[^/]+)/hooks");
  private static final Pattern DELIVERIES =
      Pattern.compile("/repos/([^/]+/[^/]+)/hooks/([0-9]+)/deliveries");
  private static final Pattern ATTEMPTS =
      Pattern.compile("/repos/([^/]+/[^/]+)/hooks/([0-9]+)/deliveries/([0-9]+)/attempts");

  /** An answer in place of the usual one. */
  public record Refusal(int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final Map<String, List<JsonObject>> hooks = new ConcurrentHashMap<>();
  private final Map<Long, List<JsonObject>> deliveries = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Consumer<Long> onAttempt = delivery -> {};

  private FakeGitHub(HttpServer server) {
    this.server = server;
  }

  public static FakeGitHub start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FakeGitHub github = new FakeGitHub(server);
    server.createContext("/", github::handle);
    server.start();
    return github;
  }

  public URI api() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void hook(String repository, long id, String url) {
    hooks
        .computeIfAbsent(repository, any -> new CopyOnWriteArrayList<>())
        .add(new JsonObject().with("id", id).with("config", new JsonObject().with("url", url)));
  }

  /** One more attempt of the hook's, newer than those before. */
  public void delivery(long hook, long id, String guid, Instant at, int status) {
    deliveries
        .computeIfAbsent(hook, any -> new CopyOnWriteArrayList<>())
        .addFirst(
            new JsonObject()
                .with("id", id)
                .with("guid", guid)
                .with("delivered_at", at)
                .with("event", "push")
                .with("status", status == 200 ? "OK" : "failed to connect to host")
                .with("status_code", status));
  }

  /** What happens when one more attempt is asked for, with the id of the delivery. */
  public void onAttempt(Consumer<Long> act) {
    onAttempt = act;
  }

  /** From now on it answers so to whatever begins with this path. */
  void refuse(String path, Refusal refusal) {
    refusals.put(path, refusal);
  }

  void refuseNoMore() {
    refusals.clear();
  }

  /** The method and path of every call so far. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** The deliveries that one more attempt was asked for. */
  public List<Long> asked() {
    List<Long> asked = new ArrayList<>();
    for (String call : calls) {
      Matcher attempt = ATTEMPTS.matcher(call.replaceFirst("POST ", ""));
      if (attempt.matches()) {
        asked.add(Long.parseLong(attempt.group(3)));
      }
    }
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      calls.add(exchange.getRequestMethod() + " " + path);
      var refusal =
          refusals.entrySet().stream().filter(each -> path.startsWith(each.getKey())).findFirst();
      if (refusal.isPresent()) {
        refusal.get().getValue().headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, refusal.get().getValue().status(), refusal.get().getValue().body());
      } else if (!("Bearer " + TOKEN)
          .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, "{\"message\":\"Bad credentials\"}");
      } else {
        answer(exchange, path);
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    Matcher list = HOOKS.matcher(path);
    Matcher listDeliveries = DELIVERIES.matcher(path);
    Matcher attempts = ATTEMPTS.matcher(path);
    boolean posts = exchange.getRequestMethod().equals("POST");
    if (list.matches() && hooks.containsKey(list.group(1))) {
      page(exchange, hooks.get(list.group(1)));
    } else if (listDeliveries.matches()) {
      page(exchange, deliveries.getOrDefault(Long.parseLong(listDeliveries.group(2)), List.of()));
    } else if (attempts.matches() && posts) {
      onAttempt.accept(Long.parseLong(attempts.group(3)));
      send(exchange, 202, "{}");
    } else {
      send(exchange, 404, "{\"message\":\"Not Found\"}");
    }
  }

  private void page(HttpExchange exchange, List<JsonObject> all) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Matcher cursor = Pattern.compile("cursor=([0-9]+)").matcher(query);
    int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
    int to = Math.min(from + PER_PAGE, all.size());
    if (to < all.size()) {
      exchange
          .getResponseHeaders()
          .set(
              "Link",
              "<%s%s?per_page=100&cursor=%d>; rel=\"next\", <%s>; rel=\"first\""
                  .formatted(api(), exchange.getRequestURI().getPath(), to, api()));
    }
    send(exchange, 200, Json.write(all.subList(from, to)));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
