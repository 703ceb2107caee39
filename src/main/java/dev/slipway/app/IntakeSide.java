package dev.slipway.app;

import dev.slipway.config.Config;
import dev.slipway.intake.IntakeCounts;
import dev.slipway.intake.Listener;
import dev.slipway.intake.Readiness;
import dev.slipway.intake.Surroundings;
import dev.slipway.spool.Inbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener and the inbox behind it. Needs the disk and nothing else. */
final class IntakeSide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IntakeSide.class);

  /** How long deliveries that are under way may take at the end. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Ground ground;
  private final String version;
  private final Supplier<Config> config;
  private @Nullable Inbox inbox;
  private @Nullable Listener listener;

  IntakeSide(Ground ground, String version, Supplier<Config> config) {
    this.ground = ground;
    this.version = version;
    this.config = config;
  }

  /** Accepts events from now on. */
  void start(Readiness readiness) throws IOException {
    Inbox opened =
        Inbox.open(ground.spool().disk(), ground.spool().state(), ground.clocks().wall());
    inbox = opened;
    Listener listening =
        Listener.open(
            config.get().doors().listen(),
            new Surroundings(
                () -> config.get().doors().admission(),
                opened,
                ground.clocks().wall(),
                readiness,
                version));
    listener = listening;
    log.info(
        "listening address=http://{}:{}",
        listening.address().getHostString(),
        listening.address().getPort());
  }

  /** Where it listens, if it does. */
  Optional<InetSocketAddress> address() {
    return Optional.ofNullable(listener).map(Listener::address);
  }

  /** What the listener counted, if it was started. */
  Optional<IntakeCounts> counts() {
    return Optional.ofNullable(listener).map(Listener::counts);
  }

  /** Accepts nothing more, and waits for what is being accepted. */
  void stop() throws InterruptedException {
    Listener open = listener;
    if (open != null) {
      open.stopAccepting();
      if (!open.drain(DRAIN)) {
        log.warn("deliveries that took too long are cut off");
      }
    }
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
    if (inbox != null) {
      try {
        inbox.close();
      } catch (IOException refused) {
        // Nothing is lost by it: the next names begin a little further ahead.
        log.warn("the clock of names could not be saved reason={}", refused.toString());
      }
    }
  }
}
