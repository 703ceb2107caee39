package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who may come in. Asks first under which name it is spoken to, then who asks, then whether a
 * browser acts for its user or for some page of a stranger. Any thread.
 */
final class Gate {
  static final String COOKIE = "slipway_session";

  private static final int MISDIRECTED = 421;
  private static final String BEARER = "bearer ";
  private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");

  private final Hosts hosts;
  private final Sessions sessions;

  Gate(Hosts hosts, Sessions sessions) {
    this.hosts = hosts;
    this.sessions = sessions;
  }

  /** Whether the request goes on from here; where it does not, it is answered already. */
  boolean pass(HttpServerExchange exchange) throws Refusal {
    String host = header(exchange, Headers.HOST).orElse("");
    if (!hosts.knows(host, exchange.getDestinationAddress())) {
      throw new Refusal(
          new Problem(MISDIRECTED, "This listener is not spoken to under that name."));
    }
    if (exchange.getRequestPath().equals("/login")) {
      login(exchange, host);
      return false;
    }
    if (hasToken(exchange)) {
      return true;
    }
    if (!hasSession(exchange)) {
      throw unauthorized("A token is needed: Authorization: Bearer TOKEN, or /login?token=TOKEN.");
    }
    if (changes(exchange) && !isSameOrigin(exchange, host)) {
      throw new Refusal(
          new Problem(StatusCodes.FORBIDDEN, "A page of another origin may not ask for this."));
    }
    return true;
  }

  private void login(HttpServerExchange exchange, String host) throws Refusal {
    if (changes(exchange)) {
      throw new Refusal(
          new Problem(
              StatusCodes.METHOD_NOT_ALLOWED,
              "Only GET, HEAD works here.",
              Map.of("Allow", "GET, HEAD")));
    }
    Deque<String> token = exchange.getQueryParameters().get("token");
    if (token == null || !sessions.isToken(token.getFirst())) {
      throw unauthorized("The token is wrong.");
    }
    exchange
        .getResponseHeaders()
        .put(
            Headers.SET_COOKIE,
            "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
                .formatted(
                    COOKIE,
                    sessions.begin(),
                    Sessions.AGE.toSeconds(),
                    hosts.isEncrypted(host) ? "; Secure" : ""))
        .put(Headers.LOCATION, "/");
    exchange.setStatusCode(StatusCodes.SEE_OTHER);
    exchange.endExchange();
  }

  private boolean hasToken(HttpServerExchange exchange) {
    return header(exchange, Headers.AUTHORIZATION)
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .filter(value -> sessions.isToken(value.substring(BEARER.length()).strip()))
        .isPresent();
  }

  private boolean hasSession(HttpServerExchange exchange) {
    Cookie cookie = exchange.getRequestCookie(COOKIE);
    return cookie != null && cookie.getValue() != null && sessions.isValid(cookie.getValue());
  }

  private static boolean changes(HttpServerExchange exchange) {
    return !exchange.getRequestMethod().equals(Methods.GET)
        && !exchange.getRequestMethod().equals(Methods.HEAD);
  }

  private static boolean isSameOrigin(HttpServerExchange exchange, String host) {
    Optional<String> site = header(exchange, FETCH_SITE);
    if (site.isPresent() && !site.get().equals("same-origin")) {
      return false;
    }
    Optional<String> from = header(exchange, Headers.ORIGIN);
    if (from.isEmpty()) {
      return site.isPresent();
    }
    // Behind a proxy the listener cannot know which of the two the browser used.
    return from.get().equalsIgnoreCase("http://" + host)
        || from.get().equalsIgnoreCase("https://" + host);
  }

  private static Refusal unauthorized(String detail) {
    return new Refusal(
        new Problem(
            StatusCodes.UNAUTHORIZED,
            detail,
            Map.of("WWW-Authenticate", "Bearer realm=\"slipway\"")));
  }

  private static Optional<String> header(HttpServerExchange exchange, HttpString name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }
}
