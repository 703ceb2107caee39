package dev.slipway.status;

import dev.slipway.dispatch.Route;
import dev.slipway.ledger.History;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the truth lies.
 *
 * @param routes the configured deployments; asked for each time, so that they can change
 * @param obstacle what the machine lacks now, so that nothing of a deployment is started
 */
public record Sources(
    Spool spool,
    History history,
    Supplier<List<Route>> routes,
    InstantSource clock,
    Function<Slug, Optional<String>> obstacle) {

  /** The configured route of this slug. */
  Optional<Route> route(Slug slug) {
    return routes.get().stream().filter(route -> route.slug().equals(slug)).findFirst();
  }

  /** Every slug that is configured, or has left a queue. */
  TreeSet<Slug> slugs() throws IOException {
    TreeSet<Slug> slugs = new TreeSet<>(spool.known());
    routes.get().forEach(route -> slugs.add(route.slug()));
    return slugs;
  }

  /** Whether this deployment is configured, or has left a queue. */
  public boolean knows(Slug slug) throws IOException {
    return route(slug).isPresent() || spool.disk().isDirectory(spool.state().queue(slug));
  }

  /** Whether the event waits or runs in the deployment's queue. */
  public boolean isPending(Slug slug, EventId event) throws IOException {
    return look(slug).isPending(event);
  }

  /** The queue as it lies there; looking creates nothing. */
  Queue look(Slug slug) {
    return Queue.at(spool.disk(), spool.state(), slug);
  }
}
