package dev.slipway.github;

import dev.slipway.vocabulary.RepositoryName;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A repository's webhooks and their deliveries. */
final class Hooks {
  /** The path that events are posted to, below the daemon's public address. */
  static final String PATH = "/github-webhook";

  private static final int MOST_HOOK_PAGES = 5;
  private static final int MOST_DELIVERY_PAGES = 10;

  private final Api api;
  private final String hooks;

  Hooks(Api api, RepositoryName repository) {
    this.api = api;
    this.hooks = "/repos/" + repository + "/hooks";
  }

  /** The webhook that posts to this daemon, if there is one. */
  OptionalLong find(URI origin) throws NoAnswer, InterruptedException {
    String wanted = plain(origin + PATH);
    Optional<URI> page = Optional.of(api.at(hooks + "?per_page=100"));
    for (int pages = 0; page.isPresent() && pages < MOST_HOOK_PAGES; pages++) {
      Api.Page found = api.list(page.get());
      for (Map<?, ?> hook : found.items()) {
        if (hook.get("id") instanceof Number id
            && hook.get("config") instanceof Map<?, ?> config
            && config.get("url") instanceof String url
            && plain(url).equals(wanted)) {
          return OptionalLong.of(id.longValue());
        }
      }
      page = found.next();
    }
    return OptionalLong.empty();
  }

  /** What is written in more than one way, written in one. */
  private static String plain(String url) {
    String single = url.replaceAll("(?<!:)/{2,}", "/").replaceFirst("/+$", "");
    return single.toLowerCase(Locale.ROOT);
  }

  /** The attempts to deliver since then, newest first, as far as ten pages of 100 reach. */
  List<Delivery> deliveries(long hook, Instant since) throws NoAnswer, InterruptedException {
    List<Delivery> deliveries = new ArrayList<>();
    Optional<URI> page = Optional.of(api.at(hooks + "/" + hook + "/deliveries?per_page=100"));
    for (int pages = 0; page.isPresent() && pages < MOST_DELIVERY_PAGES; pages++) {
      Api.Page found = api.list(page.get());
      List<Delivery> some =
          found.items().stream().flatMap(item -> Delivery.of(item).stream()).toList();
      some.stream().filter(each -> !each.at().isBefore(since)).forEach(deliveries::add);
      boolean older = some.stream().anyMatch(each -> each.at().isBefore(since));
      page = older ? Optional.empty() : found.next();
    }
    return deliveries;
  }

  /** Asks for one more attempt. */
  void redeliver(long hook, Delivery delivery) throws NoAnswer, InterruptedException {
    api.post(api.at(hooks + "/" + hook + "/deliveries/" + delivery.id() + "/attempts"));
  }
}
