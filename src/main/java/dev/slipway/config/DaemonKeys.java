package dev.slipway.config;

import dev.slipway.dashboard.Admin;
import dev.slipway.intake.AddressBlock;
import dev.slipway.intake.Listen;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys that concern the daemon as a whole, in the order they are shown. */
final class DaemonKeys {
  static final String TOP = "";
  static final String GITHUB_TABLE = "github";
  static final String DATABASE_TABLE = "database";

  /** Without a default here: it depends on where the program is installed. */
  static final Key<Path> STATE_DIR = Key.of(TOP, "state_dir", new FileKind(false));

  static final Key<String> ORIGIN = Key.of(TOP, "origin", Addresses.HTTP);
  static final Key<Duration> SHUTDOWN_GRACE =
      Key.of(TOP, "shutdown_grace", Texts.DURATION).or("60s");
  static final Key<Optional<Duration>> RECONCILE =
      Key.of(TOP, "reconcile", Texts.INTERVAL).or("5m");
  static final Key<ByteSize> MIN_FREE_DISK = Key.of(TOP, "min_free_disk", Texts.SIZE).or("500MiB");

  /** Without a default here: it is the number of cores. */
  static final Key<Integer> MAX_RUNNING = Key.of(TOP, "max_running", new Kind.OfWhole(1, 1000));

  static final Key<Integer> QUARANTINE_AFTER =
      Key.of(TOP, "quarantine_after", new Kind.OfWhole(1, 1000));

  static final Key<String> LISTEN_HOST = Key.of("listen", "host", Texts.HOST).or("127.0.0.1");
  static final Key<Integer> LISTEN_PORT =
      Key.of("listen", "port", new Kind.OfWhole(0, 65_535)).or(Listen.DEFAULT_PORT);
  static final Key<List<AddressBlock>> TRUSTED_PROXIES =
      Key.of(
              "listen",
              "trusted_proxies",
              Texts.list(Texts.ADDRESSES, 0, "a list such as [\"127.0.0.1\", \"192.0.2.0/24\"]"))
          .or(List.of("127.0.0.1", "::1"));
  static final Key<ByteSize> MAX_BODY =
      Key.of("listen", "max_body", Texts.BODY_SIZE).or(Listen.DEFAULT_MAX_BODY.toString());

  static final Key<String> ADMIN_HOST = Key.of("admin", "host", Texts.HOST).or("127.0.0.1");
  static final Key<Integer> ADMIN_PORT =
      Key.of("admin", "port", new Kind.OfWhole(0, 65_535)).or(Admin.DEFAULT_PORT);
  static final Key<Secret> ADMIN_TOKEN = Key.of("admin", "token", Texts.SECRET).secret();

  static final Key<List<Secret>> WEBHOOK_SECRETS =
      Key.of(
              GITHUB_TABLE,
              "webhook_secrets",
              Texts.list(Texts.SECRET, 0, "a list of texts, such as [\"…\"]"))
          .or(List.of())
          .secret();
  static final Key<List<String>> ALLOW_FROM =
      Key.of(
              GITHUB_TABLE,
              "allow_from",
              new OneOrMore<>(
                  Texts.list(
                      Texts.SENDERS, 1, "\"any\", [\"github\"], or a list of addresses or blocks")))
          .or(List.of("any"));
  static final Key<String> API_URL =
      Key.of(GITHUB_TABLE, "api_url", Addresses.HTTP).or("https://api.github.com");
  static final Key<Secret> GITHUB_TOKEN = Key.of(GITHUB_TABLE, "token", Texts.SECRET).secret();

  static final Key<String> DATABASE_URL = Key.of(DATABASE_TABLE, "url", Addresses.POSTGRESQL);
  static final Key<String> DATABASE_USER = Key.of(DATABASE_TABLE, "user", Texts.LINE);
  static final Key<Secret> DATABASE_PASSWORD =
      Key.of(DATABASE_TABLE, "password", Texts.SECRET).secret();
  static final Key<Boolean> MIGRATE =
      Key.of(DATABASE_TABLE, "migrate", new Kind.OfTruth()).or(true);

  static final Key<String> PUBLIC_KEY = Key.of("secrets", "public_key", Texts.PUBLIC_KEY);

  static final Key<String> REDIS_URL = Key.of("redis", "url", Addresses.REDIS).secret();

  static final List<Key<?>> ALL =
      List.of(
          STATE_DIR,
          ORIGIN,
          SHUTDOWN_GRACE,
          RECONCILE,
          MIN_FREE_DISK,
          MAX_RUNNING,
          QUARANTINE_AFTER,
          LISTEN_HOST,
          LISTEN_PORT,
          TRUSTED_PROXIES,
          MAX_BODY,
          ADMIN_HOST,
          ADMIN_PORT,
          ADMIN_TOKEN,
          WEBHOOK_SECRETS,
          ALLOW_FROM,
          API_URL,
          GITHUB_TOKEN,
          DATABASE_URL,
          DATABASE_USER,
          DATABASE_PASSWORD,
          MIGRATE,
          PUBLIC_KEY,
          REDIS_URL);

  private DaemonKeys() {}
}
