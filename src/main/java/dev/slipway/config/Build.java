package dev.slipway.config;

import dev.slipway.checkout.Origin;
import dev.slipway.checkout.Target;
import dev.slipway.dashboard.Admin;
import dev.slipway.deploy.Conditions;
import dev.slipway.deploy.Deployment;
import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Trigger;
import dev.slipway.github.Account;
import dev.slipway.intake.AddressBlock;
import dev.slipway.intake.Admission;
import dev.slipway.intake.Listen;
import dev.slipway.ledger.Database;
import dev.slipway.recipe.steps.StepsRecipe;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the records of a document in which no fault was found. */
final class Build {
  private final Value.Table document;
  private final Section top;
  private final Section github;

  private Build(Value.Table document) {
    this.document = document;
    this.top = new Section(document);
    this.github = new Section(document.table(DaemonKeys.GITHUB_TABLE));
  }

  static Config config(Value.Table document) {
    return new Build(document).config();
  }

  private Config config() {
    var routes = new ArrayList<Route>();
    var deployments = new ArrayList<Deployment>();
    for (Map.Entry<String, Value.Table> entry :
        document.table(Schema.DEPLOYMENTS).tables().entrySet()) {
      var slug = new Slug(entry.getKey());
      var section = new Section(entry.getValue());
      routes.add(route(slug, section));
      deployments.add(deployment(slug, section));
    }
    return new Config(
        new Config.Host(
            top.get(DaemonKeys.STATE_DIR),
            top.get(DaemonKeys.SHUTDOWN_GRACE),
            top.get(DaemonKeys.MAX_RUNNING),
            top.get(DaemonKeys.RECONCILE),
            top.get(DaemonKeys.MIN_FREE_DISK)),
        new Config.Doors(
            listen(), admission(), admin(), top.find(DaemonKeys.ORIGIN).map(URI::create)),
        new Config.Stores(
            database(),
            new Section(document.table("redis")).find(DaemonKeys.REDIS_URL).map(Secret::new),
            secrets()),
        github
            .find(DaemonKeys.GITHUB_TOKEN)
            .map(token -> new Account(URI.create(github.get(DaemonKeys.API_URL)), token)),
        routes,
        deployments);
  }

  private List<Secret> secrets() {
    var secrets = new ArrayList<Secret>();
    for (Key<?> key : DaemonKeys.ALL) {
      if (key.isSecret()) {
        document.table(key.table()).find(key.name()).ifPresent(value -> collect(value, secrets));
      }
    }
    return secrets;
  }

  private static void collect(Value value, List<Secret> secrets) {
    switch (value) {
      // An address without a login, as Redis may have one, opens nothing and may be shown.
      case Value.Text(String text, Place _) when text.contains("://") && !text.contains("@") -> {}
      case Value.Text(String text, Place _) -> secrets.add(new Secret(text));
      case Value.Items(List<Value> items, Place _) -> items.forEach(it -> collect(it, secrets));
      case Value.Whole _, Value.Truth _, Value.Other _, Value.Table _ -> {}
    }
  }

  private Listen listen() {
    var listen = new Section(document.table("listen"));
    return new Listen(
        listen.get(DaemonKeys.LISTEN_HOST),
        listen.get(DaemonKeys.LISTEN_PORT),
        listen.get(DaemonKeys.TRUSTED_PROXIES),
        listen.get(DaemonKeys.MAX_BODY));
  }

  private Admission admission() {
    List<String> senders = github.get(DaemonKeys.ALLOW_FROM);
    return new Admission(
        github.get(DaemonKeys.WEBHOOK_SECRETS),
        senders.equals(List.of("any"))
            ? Optional.empty()
            : Optional.of(senders.stream().map(AddressBlock::parse).toList()));
  }

  private Admin admin() {
    var admin = new Section(document.table("admin"));
    return new Admin(
        admin.get(DaemonKeys.ADMIN_HOST),
        admin.get(DaemonKeys.ADMIN_PORT),
        admin.find(DaemonKeys.ADMIN_TOKEN));
  }

  private Database database() {
    var database = new Section(document.table(DaemonKeys.DATABASE_TABLE));
    boolean migrate = database.get(DaemonKeys.MIGRATE);
    return database
        .find(DaemonKeys.DATABASE_URL)
        .<Database>map(url ->
            new Database.Server(
                url,
                database.find(DaemonKeys.DATABASE_USER),
                database.find(DaemonKeys.DATABASE_PASSWORD),
                migrate))
        .orElseGet(() ->
            new Database.Embedded(top.get(DaemonKeys.STATE_DIR).resolve("slipway.db"), migrate));
  }

  private static Route route(Slug slug, Section section) {
    return new Route(
        slug,
        section.get(DeploymentKeys.REPOSITORY),
        new Trigger.Branch(section.get(DeploymentKeys.BRANCH)),
        section.get(DeploymentKeys.ENABLED));
  }

  private Deployment deployment(Slug slug, Section section) {
    String url = section.get(DeploymentKeys.URL);
    return new Deployment(
        slug,
        new Origin(
            section.get(DeploymentKeys.REPOSITORY),
            url,
            section.find(DeploymentKeys.SSH_KEY_FILE),
            token(url)),
        new Target(
            section.get(DeploymentKeys.PATH),
            section.get(DeploymentKeys.CHECKOUT),
            section.get(DeploymentKeys.KEEP_RELEASES)),
        new Conditions(
            new Conditions.Tries(
                section.get(DeploymentKeys.ATTEMPTS), section.get(DeploymentKeys.RETRY_BACKOFF)),
            new Conditions.Succession(
                section.get(DeploymentKeys.COALESCE), section.get(DeploymentKeys.CANCEL_RUNNING)),
            section.get(DeploymentKeys.TIMEOUT),
            section.get(DeploymentKeys.LOCKS).stream().distinct().toList(),
            section.get(DeploymentKeys.ENV)),
        new StepsRecipe(section.get(DeploymentKeys.STEPS)));
  }

  /** GitHub's token is given to GitHub alone, and to servers on this host. */
  private Optional<Secret> token(String url) {
    String api = Addresses.webHost(github.get(DaemonKeys.API_URL)).orElse("");
    return Addresses.webHost(url)
        .filter(host ->
            host.equals("github.com")
                || host.equals(api)
                || ("api." + host).equals(api)
                || Addresses.isLoopback(host))
        .flatMap(_ -> github.find(DaemonKeys.GITHUB_TOKEN));
  }
}
