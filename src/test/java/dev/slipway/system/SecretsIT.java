package dev.slipway.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Database;
import dev.slipway.ledger.TestPostgres;
import dev.slipway.lock.TestRedis;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A daemon that has every secret there is: steps see none of them, and where a step prints one all
 * the same, nothing that Slipway keeps or shows holds it.
 */
@ExtendWith(Hosts.class)
final class SecretsIT {
  private static final String DATABASE = "a database's password/of+mine";
  private static final String REDIS = "a-redis-password";
  private static final String GITHUB = "ghp_ATokenOfGitHubThatIsNone0123456789";
  private static final String OWN = "a key of the deployment's own";
  private static final String OF_STEP = "a password of one step";

  @Test
  void stepsSeeNoSecretAndNoneThatIsPrintedIsKept(Host host) throws Exception {
    try (TestRedis redis = TestRedis.started()) {
      Map<String, String> environment = configure(host, redis.url());
      SampleRepository repository = host.repository("example/site");
      List<String> print = print(host);
      host.deployment(
          "site",
          repository,
          "env = { API_KEY = \"" + OWN + "\" }",
          "steps = [\"env > '%s'; tr '\\\\0' '\\\\n' < /proc/self/environ >> '%1$s'\", %s]"
              .formatted(host.marks("environment"), String.join(", ", print)));
      Daemon daemon = host.serve(environment).ready();
      Map<String, String> secrets = new LinkedHashMap<>(secrets());
      secrets.put(
          "admin token", Files.readString(host.state().root().resolve("admin-token")).strip());

      String entry = daemon.deliver(Delivery.push(repository, repository.commit()));
      Until.holds("it has failed", () -> host.state().failed("site").equals(List.of(entry)));

      String seen = Files.readString(host.marks("environment"));
      assertTrue(seen.contains("API_KEY=" + OWN) && seen.contains("SLIPWAY_REF="), seen);
      assertHoldsNone(secrets, "the steps' environment", seen);
      for (String name : environment.keySet()) {
        assertFalse(seen.contains(name), name);
      }
      secrets.put("deployment's env", OWN);
      secrets.put("step's env", OF_STEP);
      String printed = String.join("\n", host.state().log("site", 1, "line"));
      assertTrue(printed.contains("admin is *** and ***"), printed);
      assertTrue(printed.contains("Authorization: Basic ***"), printed);
      assertTrue(printed.contains("https://bob:***@example.org/"), printed);
      for (Map.Entry<String, String> kept : kept(host, daemon, entry).entrySet()) {
        assertHoldsNone(secrets, kept.getKey(), kept.getValue());
        assertFalse(kept.getValue().contains("nobodys-password"), kept.getKey());
      }
    }
  }

  /** All but the generated token of the admin listener. */
  private static Map<String, String> secrets() {
    return Map.of(
        "webhook secret", Host.SECRET, "database", DATABASE, "redis", REDIS, "github", GITHUB);
  }

  /** A secret in each of the ways in which one can be configured; answers the environment. */
  private static Map<String, String> configure(Host host, String redis) throws Exception {
    Path folder = host.directory();
    Files.writeString(folder.resolve("database-password"), DATABASE + "\n");
    host.merge(
        "secrets", "[database]", "password_file = \"" + folder.resolve("database-password") + "\"");
    Database.Server store = TestPostgres.freshDatabase();
    host.store(store);
    URI address = URI.create(redis);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(("CONFIG SET requirepass " + REDIS + "\r\n").getBytes(UTF_8));
      assertEquals('+', socket.getInputStream().read());
    }
    return Map.of(
        "SLIPWAY_REDIS__URL",
        "redis://:%s@%s:%d".formatted(REDIS, address.getHost(), address.getPort()),
        "SLIPWAY_GITHUB__TOKEN",
        GITHUB,
        "SLIPWAY_KEY_FILE",
        folder.resolve("key").toString(),
        "CREDENTIALS_DIRECTORY",
        "/run/credentials/slipway.service");
  }

  /** Steps that print all of it as programs do, the last of which fails. */
  private static List<String> print(Host host) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String secret : secrets().values()) {
      lines.add("it is " + secret);
      lines.add("form=" + URLEncoder.encode(secret, UTF_8));
      byte[] login = ("user:" + secret).getBytes(UTF_8);
      lines.add("Authorization: Basic " + Base64.getEncoder().encodeToString(login));
      lines.add("x".repeat(8 * 1024 - secret.length() / 2) + secret + " at a cut");
    }
    lines.add("cloning https://bob:nobodys-password@example.org/site.git");
    Files.write(host.marks("leak"), lines);
    String token = host.state().root().resolve("admin-token").toString();
    return List.of(
        "\"cat '%s'; t=$(cat '%s'); echo admin is $t and $(printf x:$t | base64 -w 0)\""
            .formatted(host.marks("leak"), token),
        "{ run = \"echo $API_KEY $DB_PASSWORD; : '"
            + GITHUB
            + "'; cat '"
            + host.marks("leak")
            + "' >&2; exit 3\", env = { DB_PASSWORD = \""
            + OF_STEP
            + "\" } }");
  }

  private static Map<String, String> kept(Host host, Daemon daemon, String entry) throws Exception {
    Map<String, String> kept = new LinkedHashMap<>();
    kept.put("the daemon's log", daemon.log());
    kept.put("the reason", host.state().reason("site", entry));
    kept.put(
        "the release's log", Files.readString(host.state().root().resolve("logs/site/1.ndjson")));
    for (String command : List.of("releases site --json", "queue list --json", "logs site")) {
      Program.Finished shown = host.run(command.split(" "));
      assertEquals(0, shown.code(), shown.err());
      kept.put(command, shown.out() + shown.err());
    }
    Program.Finished config = host.run("config", "show");
    assertTrue(config.out().contains("API_KEY = \"***\""), config.out() + config.err());
    assertFalse(config.out().contains(OWN) || config.out().contains(OF_STEP), config.out());
    return kept;
  }

  private static void assertHoldsNone(Map<String, String> secrets, String where, String text) {
    secrets.forEach((name, secret) -> {
      assertFalse(text.contains(secret), () -> where + " holds the " + name + ": " + text);
      byte[] login = ("user:" + secret).getBytes(UTF_8);
      String base64 = Base64.getEncoder().encodeToString(login).substring(8, 20);
      assertFalse(text.contains(base64), () -> where + " holds the " + name + " in base64");
      assertFalse(
          text.contains(URLEncoder.encode(secret, UTF_8)),
          () -> where + " holds the " + name + " percent-encoded");
    });
  }
}
