package dev.slipway.lock;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * The three acts on a lease in Redis, Valkey or Dragonfly, each one script, so that nothing comes
 * between its comparison and its change. Every key that a script touches is among its keys, as
 * Dragonfly demands. Each answers or throws within about two seconds.
 *
 * <pre>
 *   slipway:lock:NAME    the token of the holder; runs out by itself
 *   slipway:fence:NAME   how often the lock was taken; stays
 * </pre>
 */
final class RedisServer implements AutoCloseable {
  private static final int LIMIT_MILLIS = 1000;
  private static final int CONNECTIONS = 4;

  private static final String ACQUIRE =
      """
      if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
        return redis.call('incr', KEYS[2])
      end
      return 0
      """;
  private static final String RENEW =
      """
      if redis.call('get', KEYS[1]) == ARGV[1] then
        return redis.call('pexpire', KEYS[1], ARGV[2])
      end
      return 0
      """;
  private static final String RELEASE =
      """
      if redis.call('get', KEYS[1]) == ARGV[1] then
        return redis.call('del', KEYS[1])
      end
      return 0
      """;

  private final RedisSettings settings;
  private final RedisClient client;

  RedisServer(RedisSettings settings) {
    this.settings = settings;
    this.client = connect(settings);
  }

  /** Connects to nothing yet. */
  private static RedisClient connect(RedisSettings settings) {
    URI uri = settings.uri();
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(LIMIT_MILLIS)
            .socketTimeoutMillis(LIMIT_MILLIS)
            .user(JedisURIHelper.getUser(uri))
            .password(JedisURIHelper.getPassword(uri))
            .database(JedisURIHelper.getDBIndex(uri));
    if (JedisURIHelper.isRedisSSLScheme(uri)) {
      // These check the server's certificate and its name.
      config.sslOptions(SslOptions.defaults());
    }
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxWait(Duration.ofMillis(LIMIT_MILLIS));
    // After the server was restarted, what was open before must not fail the first call.
    pool.setTestOnBorrow(true);
    pool.setTestWhileIdle(false);
    pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(uri.getHost(), settings.port()))
        .clientConfig(config.build())
        .poolConfig(pool)
        .build();
  }

  /** Takes the lock for {@code token}; the fencing token, or absent while another has it. */
  OptionalLong acquire(LockName name, String token) throws IOException {
    long fence = run(ACQUIRE, List.of(lock(name), fence(name)), List.of(token, ttl()));
    return fence == 0 ? OptionalLong.empty() : OptionalLong.of(fence);
  }

  /** Lets the lock hold for its full time again; false where {@code token} does not hold it. */
  boolean renew(LockName name, String token) throws IOException {
    return run(RENEW, List.of(lock(name)), List.of(token, ttl())) == 1;
  }

  /** Gives the lock back if {@code token} holds it; says whether it did. */
  boolean release(LockName name, String token) throws IOException {
    return run(RELEASE, List.of(lock(name)), List.of(token)) == 1;
  }

  /** Asks whether the server answers. */
  void ping() throws IOException {
    answered(client::ping);
  }

  private long run(String script, List<String> keys, List<String> arguments) throws IOException {
    return (Long) answered(() -> client.eval(script, keys, arguments));
  }

  private <T> T answered(Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (JedisConnectionException silent) {
      throw new IOException(
          "Redis at " + settings.place() + " does not answer: " + text(silent), silent);
    } catch (JedisException refused) {
      throw new IOException("Redis at " + settings.place() + " refuses: " + text(refused), refused);
    }
  }

  /** The message with that of the deepest cause, on one line. */
  private static String text(JedisException failed) {
    Throwable cause = failed;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    String message = String.valueOf(failed.getMessage());
    String reason = String.valueOf(cause.getMessage());
    String whole = message.contains(reason) ? message : message + " (" + reason + ")";
    return whole.strip().replaceAll("\\s+", " ");
  }

  private String ttl() {
    return Long.toString(settings.ttl().toMillis());
  }

  private static String lock(LockName name) {
    return "slipway:lock:" + name;
  }

  private static String fence(LockName name) {
    return "slipway:fence:" + name;
  }

  @Override
  public void close() {
    client.close();
  }
}
