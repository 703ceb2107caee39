package dev.slipway.dispatch;

import dev.slipway.event.Event;
import dev.slipway.event.Outcome;
import dev.slipway.event.Push;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides which deployments an event concerns. Immutable; the same event always gets the same. */
public final class Routes {
  private final Map<RepositoryName, List<Route>> byRepository = new HashMap<>();

  public Routes(List<Route> routes) {
    for (Route route : routes) {
      byRepository.computeIfAbsent(route.repository(), any -> new ArrayList<>()).add(route);
    }
  }

  public Verdict decide(Event event) {
    return switch (event.content()) {
      case Event.Ping() -> new Verdict.Untaken(new Outcome.Ping());
      case Event.Other(String kind) ->
          ignored("an event of kind " + Quoted.of(kind) + " starts nothing");
      case Push push -> decide(push);
    };
  }

  private Verdict decide(Push push) {
    List<Route> candidates = byRepository.getOrDefault(push.repository(), List.of());
    if (candidates.isEmpty()) {
      return nobody("no deployment is configured for " + push.repository());
    }
    if (push.deleted()) {
      return ignored(push.ref() + " was deleted");
    }
    if (push.headless()) {
      return ignored("the push to " + push.ref() + " has no head commit");
    }
    List<Route> following = candidates.stream().filter(route -> follows(route, push)).toList();
    if (following.isEmpty()) {
      return nobody("no deployment of " + push.repository() + " follows " + push.ref());
    }
    List<Route> enabled = following.stream().filter(Route::enabled).toList();
    if (enabled.isEmpty()) {
      return ignored(
          following.stream()
              .map(route -> "deployment " + route.slug() + " is disabled")
              .collect(Collectors.joining(", ")));
    }
    return new Verdict.Taken(slugs(enabled, true), slugs(following, false));
  }

  private static List<Slug> slugs(List<Route> routes, boolean enabled) {
    return routes.stream().filter(route -> route.enabled() == enabled).map(Route::slug).toList();
  }

  private static boolean follows(Route route, Push push) {
    return switch (route.trigger()) {
      case Trigger.Branch(var ref) -> ref.equals(push.ref());
    };
  }

  private static Verdict ignored(String reason) {
    return new Verdict.Untaken(new Outcome.Ignored(reason));
  }

  private static Verdict nobody(String reason) {
    return new Verdict.Untaken(new Outcome.Void(reason));
  }
}
