package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import dev.slipway.ledger.LedgerUnavailable;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which path and method lead to which answer. Immutable once put together. */
final class Endpoints {
  private static final String NAME = "{}";

  private final List<Endpoint> endpoints = new ArrayList<>();

  /** Answers a request. */
  @FunctionalInterface
  interface Action {
    void answer(Call call) throws Refusal, IOException, LedgerUnavailable, InterruptedException;
  }

  private record Endpoint(String method, List<String> path, Action action) {
    /** The parts of a path that stand for something, if the path leads here. */
    Optional<List<String>> match(List<String> asked) {
      if (asked.size() != path.size()) {
        return Optional.empty();
      }
      List<String> names = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        if (path.get(i).equals(NAME)) {
          names.add(asked.get(i));
        } else if (!path.get(i).equals(asked.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(names);
    }

    boolean takes(String asked) {
      return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
  }

  /** Adds a path, in which {@code {}} stands for any one part. */
  Endpoints with(String method, String path, Action action) {
    endpoints.add(new Endpoint(method, parts(path), action));
    return this;
  }

  void answer(HttpServerExchange exchange)
      throws Refusal, IOException, LedgerUnavailable, InterruptedException {
    List<String> path = parts(exchange.getRequestPath());
    String method = exchange.getRequestMethod().toString();
    TreeSet<String> allowed = new TreeSet<>();
    for (Endpoint endpoint : endpoints) {
      Optional<List<String>> names = endpoint.match(path);
      if (names.isEmpty()) {
        continue;
      }
      if (endpoint.takes(method)) {
        endpoint.action().answer(new Call(exchange, names.get()));
        return;
      }
      allowed.addAll(endpoint.method().equals("GET") ? List.of("GET", "HEAD") : List.of("POST"));
    }
    if (allowed.isEmpty()) {
      throw new Refusal(Problem.notFound());
    }
    String allow = String.join(", ", allowed);
    throw new Refusal(
        new Problem(
            StatusCodes.METHOD_NOT_ALLOWED,
            "Only " + allow + " works here.",
            Map.of("Allow", allow)));
  }

  private static List<String> parts(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }
}
