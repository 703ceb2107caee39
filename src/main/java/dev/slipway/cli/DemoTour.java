package dev.slipway.cli;

import dev.slipway.config.Config;
import dev.slipway.event.JsonObject;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.status.LogTail;
import dev.slipway.status.ReleaseLogs;
import dev.slipway.time.Bell;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sends the daemon a signed push, as GitHub does, and shows what becomes of it. */
final class DemoTour {
  private static final Slug SLUG = new Slug(DemoGround.SLUG);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final DemoGround ground;
  private final Config config;
  private final Terminal terminal;
  private final String program;
  private final Bell never = new Bell();

  DemoTour(DemoGround ground, Config config, Terminal terminal, String program) {
    this.ground = ground;
    this.config = config;
    this.terminal = terminal;
    this.program = program;
  }

  void walk(InetSocketAddress listening) throws IOException, InterruptedException {
    String address =
        "http://%s:%d/github-webhook".formatted(listening.getHostString(), listening.getPort());
    heading("1. A push is posted, signed as GitHub signs it");
    say("   POST " + address);
    String id = UUID.randomUUID().toString();
    Delivery delivery = new Delivery("push", id, payload().toString());
    say("   " + delivery.post(URI.create(address), ground.secret()));
    heading("2. It was made durable, routed, and is being deployed");
    try (Desk desk = Desk.open(config)) {
      ReleaseNumber release = release(desk, new EventId(id));
      ReleaseLogs logs = new ReleaseLogs(desk.sources());
      if (logs.find(SLUG, release) instanceof ReleaseLogs.Found.Here(LogTail tail)) {
        logs.follow(SLUG, release, tail, new LogPrinter(terminal, false, () -> never.rest(LOOK)));
      }
    } catch (LedgerUnavailable away) {
      throw new IOException(away.getMessage(), away);
    }
    heading("3. The site is live");
    say("   file://" + ground.page());
    next();
  }

  private void next() {
    String option = " --config " + ground.config();
    heading("What to try next, in another terminal");
    say("   %s status%s".formatted(program, option));
    say("   %s releases %s%s".formatted(program, SLUG, option));
    say("   %s deploy %s --wait%s".formatted(program, SLUG, option));
    say("   ls -R " + config.host().stateDir().resolve("queues"));
    say("");
    say("   Change the page and push; the sample repository deploys on push:");
    say("   cd " + ground.work());
    say("   echo '<p>Changed.' >> page.html && git commit -qam Change && git push");
    say("");
    say("Ctrl-C ends the demonstration.");
  }

  private JsonObject payload() throws IOException, InterruptedException {
    String commit = ground.commit();
    return new JsonObject()
        .with("ref", "refs/heads/main")
        .with("before", "0".repeat(40))
        .with("after", commit)
        .with("created", true)
        .with("deleted", false)
        .with("head_commit", new JsonObject().with("id", commit).with("message", "A page"))
        .with("repository", new JsonObject().with("full_name", DemoGround.REPOSITORY))
        .with("pusher", new JsonObject().with("name", "demo"));
  }

  private ReleaseNumber release(Desk desk, EventId event) throws IOException, InterruptedException {
    for (long looks = LIMIT.dividedBy(LOOK); looks > 0; looks--) {
      try {
        List<Release> releases = desk.sources().history().releasesOf(event, SLUG);
        Optional<Release> first = releases.stream().findFirst();
        if (first.isPresent()) {
          return first.get().version();
        }
      } catch (LedgerUnavailable starting) {
        // The daemon accepts events before its record store is made.
      }
      never.rest(LOOK);
    }
    throw new IOException("no release began within " + LIMIT.toSeconds() + " s");
  }

  private void heading(String text) {
    say("");
    say(Ink.STRONG.paint(text, terminal.colour()));
  }

  private void say(String text) {
    terminal.out().println(text);
  }
}
