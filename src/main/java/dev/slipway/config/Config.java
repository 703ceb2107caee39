package dev.slipway.config;

import dev.slipway.dashboard.Admin;
import dev.slipway.deploy.Deployment;
import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Trigger;
import dev.slipway.github.Account;
import dev.slipway.github.Redelivery;
import dev.slipway.intake.Admission;
import dev.slipway.intake.Listen;
import dev.slipway.ledger.Database;
import dev.slipway.reconcile.Followed;
import dev.slipway.reconcile.Schedule;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The whole configuration, valid: each feature's settings in that feature's own records. {@code
 * routes} and {@code deployments} are about the same slugs, in the same order.
 *
 * @param github absent where there is no token: then nothing is asked of GitHub's API
 */
public record Config(
    Host host,
    Doors doors,
    Stores stores,
    Optional<Account> github,
    List<Route> routes,
    List<Deployment> deployments) {
  public Config {
    routes = List.copyOf(routes);
    deployments = List.copyOf(deployments);
    if (!routes.stream()
        .map(Route::slug)
        .toList()
        .equals(deployments.stream().map(Deployment::slug).toList())) {
      throw new IllegalArgumentException("routes and deployments are not about the same slugs");
    }
  }

  /**
   * How the daemon lives on its host.
   *
   * @param stateDir absolute
   * @param shutdownGrace how long what runs may go on after SIGTERM; 0 or more
   * @param maxRunning how many deployments run at once, 1 or more
   * @param reconcile how often missed pushes are looked for, 1 second to 1 day; absent: not at all
   * @param minFreeDisk what must be free on the disks before a release begins; 0: nothing
   */
  public record Host(
      Path stateDir,
      Duration shutdownGrace,
      int maxRunning,
      Optional<Duration> reconcile,
      ByteSize minFreeDisk) {}

  /**
   * Where the daemon listens, and to whom.
   *
   * @param origin the public address, where a proxy stands before the daemon
   */
  public record Doors(Listen listen, Admission admission, Admin admin, Optional<URI> origin) {}

  /**
   * What the daemon may share with others.
   *
   * @param redis the address of the Redis that holds the leases, which may hold a password; absent:
   *     locks hold for this host alone
   * @param secrets all that the configuration holds, whatever they open: never to be shown
   */
  public record Stores(Database database, Optional<Secret> redis, List<Secret> secrets) {
    public Stores {
      secrets = List.copyOf(secrets);
    }
  }

  /** The deployment of this slug. */
  public Optional<Deployment> deployment(Slug slug) {
    return deployments.stream().filter(one -> one.slug().equals(slug)).findFirst();
  }

  /** The route of this slug. */
  public Optional<Route> route(Slug slug) {
    return routes.stream().filter(one -> one.slug().equals(slug)).findFirst();
  }

  /** Where missed pushes are looked for: the branches that start an enabled deployment. */
  public Schedule reconciling() {
    List<Followed> followed =
        routes.stream()
            .filter(Route::enabled)
            .flatMap(route ->
                switch (route.trigger()) {
                  case Trigger.Branch(GitRef branch) ->
                      deployment(route.slug()).stream()
                          .map(one -> new Followed(one.slug(), one.origin(), branch));
                })
            .toList();
    return new Schedule(host.reconcile(), followed);
  }

  /** Whose failed deliveries are asked for again; absent where none are. */
  public Optional<Redelivery.Terms> redelivering() {
    Map<RepositoryName, List<Slug>> repositories =
        routes.stream()
            .filter(Route::enabled)
            .collect(
                Collectors.groupingBy(
                    Route::repository, Collectors.mapping(Route::slug, Collectors.toList())));
    return github.flatMap(account ->
        host.reconcile()
            .map(every -> new Redelivery.Terms(account, doors.origin(), repositories, every)));
  }

  /** What differs in {@code next} and takes effect only after a restart, as names of keys. */
  public List<String> needingRestart(Config next) {
    var changed = new ArrayList<String>();
    if (!host.stateDir().equals(next.host.stateDir())) {
      changed.add("state_dir");
    }
    if (host.maxRunning() != next.host.maxRunning()) {
      changed.add("max_running");
    }
    if (!doors.listen().equals(next.doors.listen())) {
      changed.add("listen");
    }
    if (!doors.admin().equals(next.doors.admin())) {
      changed.add("admin");
    }
    if (!doors.origin().equals(next.doors.origin())) {
      changed.add("origin");
    }
    if (!stores.database().equals(next.stores.database())) {
      changed.add("database");
    }
    if (!stores.redis().equals(next.stores.redis())) {
      changed.add("redis");
    }
    return List.copyOf(changed);
  }
}
