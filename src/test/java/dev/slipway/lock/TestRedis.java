package dev.slipway.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/**
 * A real Redis, from the Maven repository, on a free port of the loopback. {@link #shared()} is one
 * per JVM, started by the first who asks and stopped with the JVM. A test that stops its server
 * starts one of its own.
 */
public final class TestRedis implements AutoCloseable {
  private final int port;
  private final RedisServer server;
  private boolean isRunning;

  private TestRedis(int port, RedisServer server) {
    this.port = port;
    this.server = server;
  }

  private static final class Shared {
    static final TestRedis REDIS = startShared();

    private static TestRedis startShared() {
      try {
        TestRedis redis = TestRedis.started();
        Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
        return redis;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** The one that all tests of this JVM share; nobody stops it. */
  public static TestRedis shared() {
    return Shared.REDIS;
  }

  /** One of the caller's own, which holds nothing. */
  public static TestRedis started() throws IOException {
    int port = freePort();
    TestRedis redis =
        new TestRedis(
            port,
            RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build());
    redis.start();
    return redis;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts it again at its port, empty. */
  public void start() throws IOException {
    if (!isRunning) {
      server.start();
      isRunning = true;
    }
  }

  /** Stops it; what it held is gone. */
  public void stop() throws IOException {
    if (isRunning) {
      isRunning = false;
      server.stop();
    }
  }

  /** Its address, as the configuration says it. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Settings for it with the usual time for a lease. */
  public RedisSettings settings() {
    return RedisSettings.of(url());
  }

  /** Settings for it. */
  public RedisSettings settings(Duration ttl) {
    return new RedisSettings(url(), ttl);
  }

  /** A client for looking at what is in it. */
  public RedisClient client() {
    return RedisClient.create(url());
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
