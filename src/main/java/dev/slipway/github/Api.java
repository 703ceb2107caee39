package dev.slipway.github;

import dev.slipway.event.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Single calls of GitHub's API. The token goes to the API's own address and nowhere else. */
final class Api implements AutoCloseable {
  /** From the connection to the last byte. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 8L << 20;
  private static final int MOST_MOVES = 3;

  /** Where GitHub does not say how long to rest. */
  private static final Duration SHORT_REST = Duration.ofMinutes(1);

  private static final Duration LONGEST_REST = Duration.ofHours(1);
  private static final Pattern NEXT = Pattern.compile("<([^<>]+)>[^<,]*;\\s*rel=\"next\"");

  private final Account account;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Api(Account account, InstantSource clock) {
    this.account = account;
    this.clock = clock;
  }

  /**
   * One page of a list.
   *
   * @param next where it goes on
   */
  record Page(List<Map<?, ?>> items, Optional<URI> next) {}

  /** The address of a path below the API's own. */
  URI at(String path) {
    return URI.create(account.api().toString().replaceFirst("/+$", "") + path);
  }

  /** Reads one page. */
  Page list(URI address) throws NoAnswer, InterruptedException {
    HttpResponse<byte[]> answer = call("GET", address);
    try {
      List<Map<?, ?>> items =
          Json.readList(answer.body()).stream()
              .<Map<?, ?>>flatMap(item -> item instanceof Map<?, ?> map ? Stream.of(map) : null)
              .toList();
      return new Page(items, next(answer));
    } catch (IllegalArgumentException malformed) {
      throw unreachable("did not answer with a list: " + malformed.getMessage());
    }
  }

  /** Asks for something to be done. */
  void post(URI address) throws NoAnswer, InterruptedException {
    HttpResponse<byte[]> _ = call("POST", address);
  }

  private Optional<URI> next(HttpResponse<byte[]> answer) {
    return answer.headers().allValues("link").stream()
        .flatMap(link -> NEXT.matcher(link).results())
        .map(link -> answer.uri().resolve(link.group(1)))
        .filter(this::isOwn)
        .findFirst();
  }

  private boolean isOwn(URI address) {
    return String.valueOf(account.api().getScheme()).equalsIgnoreCase(address.getScheme())
        && String.valueOf(account.api().getRawAuthority())
            .equalsIgnoreCase(address.getRawAuthority());
  }

  private HttpResponse<byte[]> call(String method, URI address)
      throws NoAnswer, InterruptedException {
    URI there = address;
    for (int moves = 0; moves <= MOST_MOVES; moves++) {
      HttpResponse<byte[]> answer = send(method, there);
      switch (answer.statusCode()) {
        case 301, 302, 307, 308 -> there = moved(answer);
        default -> {
          check(answer);
          return answer;
        }
      }
    }
    throw unreachable("sends from one address to the next without end");
  }

  /** A repository that was renamed is found under its new address. */
  private URI moved(HttpResponse<byte[]> answer) throws NoAnswer {
    try {
      return answer
          .headers()
          .firstValue("location")
          .map(location -> answer.uri().resolve(location))
          .filter(this::isOwn)
          .orElseThrow(() -> unreachable("sends to an address that is not its own"));
    } catch (IllegalArgumentException malformed) {
      throw unreachable("sends to an address that is none");
    }
  }

  private HttpResponse<byte[]> send(String method, URI address)
      throws NoAnswer, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/vnd.github+json")
            .header("Authorization", "Bearer " + account.token().reveal())
            .header("User-Agent", "slipway")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .method(method, BodyPublishers.noBody())
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw unreachable("did not answer within " + LIMIT.toSeconds() + " seconds");
    } catch (ExecutionException failed) {
      throw unreachable("cannot be reached: " + failed.getCause());
    } finally {
      boolean _ = answer.cancel(true);
    }
  }

  private void check(HttpResponse<byte[]> answer) throws NoAnswer {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    Optional<Duration> rest = rest(answer);
    if (rest.isPresent()) {
      throw new NoAnswer(
          new Trouble.Later(
              rest.get(), "GitHub asks for a rest of " + rest.get().toSeconds() + " seconds"));
    }
    throw switch (status) {
      case 401 -> refused("GitHub does not accept github.token");
      case 403, 404 ->
          refused(
              "GitHub answers "
                  + status
                  + ": there is no such repository, or github.token may not manage its webhooks");
      default -> unreachable("answers " + status);
    };
  }

  /**
   * How long GitHub wants to be left alone, where that is why it refuses.
   *
   * @see <a
   *     href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate
   *     limits for the REST API</a>
   */
  private Optional<Duration> rest(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    HttpHeaders headers = answer.headers();
    OptionalLong after = number(headers, "retry-after");
    boolean spent = number(headers, "x-ratelimit-remaining").equals(OptionalLong.of(0));
    boolean refuses = status == 403 || status == 429;
    boolean says =
        new String(answer.body(), StandardCharsets.UTF_8)
            .toLowerCase(Locale.ROOT)
            .contains("rate limit");
    if (!(status == 429 || (refuses && (spent || says)) || after.isPresent())) {
      return Optional.empty();
    }
    OptionalLong reset = number(headers, "x-ratelimit-reset");
    Duration rest = SHORT_REST;
    if (after.isPresent()) {
      rest = Duration.ofSeconds(after.getAsLong());
    } else if (spent && reset.isPresent()) {
      rest = Duration.between(clock.instant(), Instant.ofEpochSecond(reset.getAsLong()));
    }
    return Optional.of(bounded(rest));
  }

  private static Duration bounded(Duration rest) {
    Duration least = rest.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : rest;
    return least.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : least;
  }

  private static OptionalLong number(HttpHeaders headers, String name) {
    Optional<String> text = headers.firstValue(name).filter(value -> value.matches("[0-9]{1,12}"));
    return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
  }

  private NoAnswer unreachable(String what) {
    return new NoAnswer(new Trouble.Unreachable(account.api() + " " + what));
  }

  private static NoAnswer refused(String reason) {
    return new NoAnswer(new Trouble.Refused(reason));
  }

  /** Ends what is under way, and waits for nothing. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
