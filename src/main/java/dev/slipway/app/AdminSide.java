package dev.slipway.app;

import dev.slipway.config.Config;
import dev.slipway.dashboard.AdminListener;
import dev.slipway.dashboard.AdminToken;
import dev.slipway.dashboard.Vitals;
import dev.slipway.ledger.SqlHistory;
import dev.slipway.status.Sources;
import dev.slipway.vocabulary.Slug;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin listener. It reads for itself, so it answers also while the record store is away. */
final class AdminSide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminSide.class);

  private final Ground ground;
  private final Supplier<Config> config;
  private @Nullable SqlHistory history;
  private @Nullable AdminListener listener;

  AdminSide(Ground ground, Supplier<Config> config) {
    this.ground = ground;
    this.config = config;
  }

  /** Answers from now on, and says where. */
  void start(Vitals vitals) throws IOException {
    SqlHistory reading = SqlHistory.ofMany(config.get().stores().database());
    history = reading;
    Sources sources =
        new Sources(
            ground.spool(),
            reading,
            () -> config.get().routes(),
            ground.clocks().wall(),
            this::shortage);
    AdminListener open =
        AdminListener.open(
            config.get().doors().admin(), config.get().doors().origin(), sources, vitals);
    listener = open;
    String address =
        "http://%s:%d/".formatted(open.address().getHostString(), open.address().getPort());
    log.info(
        "admin listening address={} token={}",
        address,
        open.token().file().map(Path::toString).orElse("as configured"));
    show(address, open.token());
  }

  private Optional<String> shortage(Slug slug) {
    Config now = config.get();
    return now.deployment(slug).flatMap(one -> ground.preflight(one, now).shortage());
  }

  /** Whoever sits at the terminal may come in at once; a log file must not hold the token. */
  private static void show(String address, AdminToken token) {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (terminal.isPresent() && token.file().isPresent()) {
      terminal.get().printf("Dashboard: %slogin?token=%s%n", address, token.secret().reveal());
    }
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
    if (history != null) {
      history.close();
    }
  }
}
