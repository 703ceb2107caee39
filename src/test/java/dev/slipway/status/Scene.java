package dev.slipway.status;

import dev.slipway.disk.RealDisk;
import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Trigger;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.Source;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.MemoryLedger;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.spool.Queue;
import dev.slipway.spool.Spool;
import dev.slipway.spool.StateDirectory;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A state directory on disk, a record store in memory, and a clock that stands still. */
public final class Scene {
  public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  public static final Slug SITE = new Slug("website");
  public static final GitRef MAIN = GitRef.ofBranch("main");

  public final StateDirectory state;
  public final MemoryLedger ledger = new MemoryLedger();
  public final List<Route> routes = new CopyOnWriteArrayList<>();
  public final Sources sources;

  /** What the machine lacks. */
  public Optional<String> obstacle = Optional.empty();

  /** A scene with one deployment, {@link #SITE}. */
  public Scene(Path root) throws IOException {
    state = new StateDirectory(root);
    Spool spool = new Spool(new RealDisk(), state);
    spool.prepare();
    routes.add(route(SITE, true));
    sources = new Sources(spool, ledger, () -> routes, () -> NOW, slug -> obstacle);
  }

  public static Route route(Slug slug, boolean enabled) {
    return new Route(
        slug, new RepositoryName("example/" + slug), new Trigger.Branch(MAIN), enabled);
  }

  public static CommitId commit(int digit) {
    return new CommitId(Integer.toHexString(digit).repeat(40));
  }

  public static EntryName name(long second) {
    return EntryName.at((NOW.getEpochSecond() + second) * 1_000_000_000L);
  }

  public static EventId id(EntryName name) {
    return new EventId("delivery-" + name.epochNanos().orElseThrow());
  }

  /** A push in an entry. */
  public static byte[] push(EntryName name) {
    String payload =
        """
        {"ref":"refs/heads/main","after":"%s","repository":{"full_name":"example/website"}}\
        """
            .formatted(commit(1));
    EntryCodec.Head head =
        new EntryCodec.Head(id(name), "push", NOW, Source.WEBHOOK, Optional.of("192.0.2.1"));
    return EntryCodec.write(head, payload.getBytes(StandardCharsets.UTF_8));
  }

  public Queue queue() throws IOException {
    return sources.spool().queue(SITE);
  }

  /** Puts an entry into {@link #SITE}'s queue. */
  public EntryName put(EntryState place, EntryName name) throws IOException {
    queue();
    Path folder =
        switch (place) {
          case WAITING -> state.queue(SITE);
          case ACTIVE -> state.active(SITE);
          case FAILED -> state.failed(SITE);
          case CORRUPT -> state.corrupt();
        };
    Files.write(folder.resolve(name.value()), push(name));
    if (place == EntryState.FAILED || place == EntryState.CORRUPT) {
      Files.writeString(folder.resolve(name + EntryName.REASON), "it broke\n");
    }
    return name;
  }

  /** Records a release of {@link #SITE} that ended so, or still runs. */
  public ReleaseNumber release(int commit, ReleaseState end) throws LedgerUnavailable {
    ReleaseNumber number =
        ledger.open(
            new Release.Opening(
                SITE,
                Optional.of(commit(commit)),
                MAIN,
                new EventId("delivery"),
                Source.WEBHOOK,
                "host",
                NOW.minusSeconds(90)));
    if (end != ReleaseState.RUNNING) {
      ledger.end(
          new Release.Ending(
              SITE, number, Optional.of(commit(commit)), end, NOW.minusSeconds(60), "so it went"));
    }
    return number;
  }

  /** Ends the release that runs. */
  public void finish(ReleaseNumber number, ReleaseState end) throws LedgerUnavailable {
    ledger.end(new Release.Ending(SITE, number, Optional.of(commit(1)), end, NOW, "so it went"));
  }

  /** Appends to a release's log. */
  public void log(int release, String text) throws IOException {
    Path log = state.log(SITE, new ReleaseNumber(release));
    Files.createDirectories(state.logs(SITE));
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  public static String line(String data) {
    return """
    {"at":"2026-11-21T10:00:00Z","type":"output","body":{"type":"line","data":"%s","stream":"stdout"}}
    """
        .formatted(data);
  }

  public static String completed(String state) {
    return """
    {"at":"2026-11-21T10:00:00Z","type":"status","body":{"type":"completed","data":"%s"}}
    """
        .formatted(state);
  }
}
