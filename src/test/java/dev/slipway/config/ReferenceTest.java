package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import dev.slipway.recipe.steps.StepsRecipe;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the reference configuration, in which no key has its default, against what is read. */
class ReferenceTest {
  private static final String DEPLOYMENTS_THAT_NEED_MORE = "# What follows asks for";

  @TempDir private Path folder;

  private String reference = "";

  @BeforeEach
  void readReference() throws IOException {
    try (var in = ReferenceTest.class.getResourceAsStream("/reference.toml")) {
      reference = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.createDirectory(folder.resolve("keys"));
    Files.writeString(folder.resolve("keys/private"), "");
    Files.setPosixFilePermissions(
        folder.resolve("keys/private"), PosixFilePermissions.fromString("rw-------"));
  }

  private Reading read(String toml) {
    return ConfigReader.read(
        List.of(new Document("reference.toml", folder, toml)),
        new Surroundings(Map.of(), folder, Optional.empty(), 64),
        new Findings());
  }

  /** The part of it that this version acts on. */
  private Reading.Valid readSupported() {
    return assertInstanceOf(
        Reading.Valid.class,
        read(reference.substring(0, reference.indexOf(DEPLOYMENTS_THAT_NEED_MORE))));
  }

  @Test
  void everyKeyStandsInItWithAValueThatIsNotItsDefault() {
    Value.Table document =
        TomlText.read(new Document("reference.toml", folder, reference), new Findings())
            .orElseThrow();
    for (Key<?> key : Schema.KEYS) {
      List<Value> values = values(document, key);
      assertFalse(values.isEmpty(), key.path() + " is missing");
      assertTrue(
          values.stream()
              .anyMatch(value ->
                  !key.fallback().map(Value::brief).equals(Optional.of(value.brief()))
                      || value instanceof Value.Items
                      || value instanceof Value.Table),
          key.path() + " has its default");
      for (Value value : values) {
        assertTrue(key.kind().read(value, key.path(), new Findings()).isPresent(), key.path());
      }
    }
  }

  private static List<Value> values(Value.Table document, Key<?> key) {
    List<Value.Table> tables =
        switch (key.table()) {
          case DaemonKeys.TOP -> List.of(document);
          case DeploymentKeys.DEPLOYMENT -> deployments(document);
          case DeploymentKeys.HEALTH ->
              deployments(document).stream().map(table -> table.table("health")).toList();
          case DeploymentKeys.STEP ->
              deployments(document).stream()
                  .flatMap(table -> table.find("steps").stream())
                  .flatMap(steps -> ((Value.Items) steps).items().stream())
                  .filter(Value.Table.class::isInstance)
                  .map(Value.Table.class::cast)
                  .toList();
          default -> List.of(document.table(key.table()));
        };
    return tables.stream().flatMap(table -> table.find(key.name()).stream()).toList();
  }

  private static List<Value.Table> deployments(Value.Table document) {
    return List.copyOf(document.table(Schema.DEPLOYMENTS).tables().values());
  }

  @Test
  void allThatIsWrongInItIsWhatThisVersionDoesNotActOn() {
    var reading = assertInstanceOf(Reading.Invalid.class, read(reference));
    var refused = new TreeSet<String>();
    reading
        .faults()
        .forEach(fault -> {
          assertTrue(fault.found().contains("not supported by this version"), fault.toString());
          refused.add(fault.key().replaceFirst("deployments\\.[a-z]+\\.", "deployments.*."));
        });
    reading
        .warnings()
        .forEach(warning ->
            refused.add(warning.key().replaceFirst("deployments\\.[a-z]+\\.", "deployments.*.")));
    var listed = new TreeSet<String>();
    NotYet.USES.forEach(use -> listed.add(use.path()));
    listed.remove("github.allow_from");
    assertEquals(listed, refused);
  }

  @Test
  void itIsReadBackInFull() {
    Config config = readSupported().config();
    assertEquals(
        new Config.Host(
            Path.of("/srv/slipway/state"),
            Duration.ofSeconds(90),
            3,
            Optional.of(Duration.ofMinutes(7)),
            ByteSize.ofMiB(750)),
        config.host());
    assertEquals(
        new Config.Doors(
            new Listen(
                "0.0.0.0", 8080, List.of(AddressBlock.parse("10.0.0.0/8")), ByteSize.parse("5MB")),
            new Admission(
                List.of(
                    new Secret("the first webhook secret"),
                    new Secret("the second webhook secret")),
                Optional.of(
                    List.of(
                        AddressBlock.parse("192.30.252.0/22"),
                        AddressBlock.parse("2a0a:a440::/29")))),
            new Admin("::1", 8081, Optional.of(new Secret("an admin token of some length"))),
            Optional.of(URI.create("https://deploy.example.org"))),
        config.doors());
    assertEquals(
        Optional.of(
            new Account(
                URI.create("https://github.example.org/api/v3"),
                new Secret("a github token of some length"))),
        config.github());
    assertEquals(
        new Config.Stores(
            new Database.Server(
                "jdbc:postgresql://db.example.org:5433/slipway?ssl=true",
                Optional.of("deployer"),
                Optional.of(new Secret("a database password")),
                false),
            Optional.of(new Secret("rediss://slipway:hidden@cache.example.org:6380/2")),
            List.of(
                new Secret("an admin token of some length"),
                new Secret("the first webhook secret"),
                new Secret("the second webhook secret"),
                new Secret("a github token of some length"),
                new Secret("a database password"),
                new Secret("rediss://slipway:hidden@cache.example.org:6380/2"))),
        config.stores());
    assertEquals(
        new Route(
            new Slug("website"),
            new RepositoryName("example/website"),
            new Trigger.Branch(new GitRef("refs/heads/release/2026")),
            false),
        config.routes().getFirst());
    assertEquals(
        Optional.of(folder.resolve("keys/private")), config.deployments().get(1).origin().sshKey());
    assertEquals(website(), config.deployments().getFirst());
  }

  private static Deployment website() {
    return new Deployment(
        new Slug("website"),
        new Origin(
            new RepositoryName("Example/Website"),
            "https://github.example.org/example/website.git",
            Optional.empty(),
            Optional.of(new Secret("a github token of some length"))),
        new Target(Path.of("/srv/website"), Target.Style.RELEASES, 9),
        new Conditions(
            new Conditions.Tries(3, Duration.ofMillis(1500)),
            new Conditions.Succession(false, true),
            Duration.ofHours(2),
            List.of("build", "disk_io"),
            Map.of("NODE_ENV", "production")),
        new StepsRecipe(
            List.of(
                Step.Run.of(new Command.Shell("make build")),
                Step.Run.of(new Command.Words(List.of("rsync", "-a", "dist/", "live/"))),
                new Step.Run(
                    new Command.Shell("make smoke"),
                    Optional.of(Duration.ofMinutes(2)),
                    Map.of("X", "1", "Y", "two\nlines")),
                Step.Run.of(new Command.Words(List.of("./notify", "done \"now\""))))));
  }

  @Test
  void whatIsShownReadsBackToTheSame() {
    Reading.Valid first = readSupported();
    String shown = first.text().toml();
    String unmasked =
        shown
            .replace(
                "token = \"***\"\n\n[github]",
                "token = \"an admin token of some length\"\n\n[github]")
            .replace("token = \"***\"", "token = \"a github token of some length\"")
            .replace("password = \"***\"", "password = \"a database password\"")
            .replace("slipway:***@", "slipway:hidden@")
            .replace(
                "[\"***\", \"***\"]",
                "[\"the first webhook secret\", \"the second webhook secret\"]");
    assertNotEquals(shown, unmasked);
    var second = assertInstanceOf(Reading.Valid.class, read(unmasked), unmasked);
    assertEquals(first.config(), second.config());
    assertEquals(shown, second.text().toml());
  }

  @Test
  void noSecretIsShown() throws IOException {
    Reading.Valid reading = readSupported();
    String shown =
        reading.text().toml() + reading.text().json() + reading.config() + reading.warnings();
    for (String secret :
        List.of("admin token", "webhook secret", "github token", "database password", "hidden")) {
      assertFalse(shown.contains(secret), secret);
    }
    assertEquals(
        "***",
        JsonMapper.builder()
            .build()
            .readTree(reading.text().json())
            .at("/github/webhook_secrets/0")
            .textValue());
  }

  @Test
  void defaultsAreShown() {
    String shown = assertInstanceOf(Reading.Valid.class, read(Written.WEBSITE)).text().toml();
    assertEquals(
        """
        state_dir = "/var/lib/slipway"
        shutdown_grace = "60s"
        reconcile = "5m"
        min_free_disk = "500MiB"
        max_running = 64

        [listen]
        host = "127.0.0.1"
        port = 3400
        trusted_proxies = ["127.0.0.1", "::1"]
        max_body = "25MiB"

        [admin]
        host = "127.0.0.1"
        port = 3401

        [github]
        webhook_secrets = []
        allow_from = ["any"]
        api_url = "https://api.github.com"

        [database]
        migrate = true

        [deployments.website]
        repository = "example/website"
        branch = "main"
        enabled = true
        path = "/srv/website"
        url = "https://github.com/example/website.git"
        checkout = "in-place"
        keep_releases = 5
        coalesce = true
        cancel_running = false
        attempts = 1
        retry_backoff = "10s"
        timeout = "30m"
        locks = []
        env = {}
        recipe = "steps"
        steps = ["make build"]
        """,
        shown);
  }
}
