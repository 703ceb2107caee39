package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import dev.slipway.event.JsonObject;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.status.Queues;
import dev.slipway.status.Snapshots;
import dev.slipway.status.Sources;
import dev.slipway.status.Standing;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The API's reading half. Any thread. */
final class Reads {
  static final int RELEASES = 50;
  static final int MOST_RELEASES = 500;
  static final int ENTRIES = 1_000;
  static final int MOST_ENTRIES = 10_000;

  private static final HttpString TOTAL = new HttpString("X-Total-Count");

  private final Sources sources;
  private final Snapshots snapshots;
  private final Queues queues;

  Reads(Sources sources) {
    this.sources = sources;
    this.snapshots = new Snapshots(sources);
    this.queues = new Queues(sources);
  }

  void deployments(Call call) throws IOException {
    ok(call, Views.deployments(snapshots.take()));
  }

  void deployment(Call call) throws Refusal, IOException {
    Optional<Standing> standing = snapshots.of(call.slug());
    if (standing.isEmpty()) {
      throw new Refusal(noDeployment(call.slug()));
    }
    ok(call, Views.deployment(standing.get()));
  }

  void releases(Call call) throws Refusal, IOException, LedgerUnavailable {
    Slug slug = call.slug();
    int limit = call.number("limit", MOST_RELEASES).orElse(RELEASES);
    Optional<ReleaseNumber> before =
        call.number("before", Integer.MAX_VALUE).map(ReleaseNumber::new);
    List<Release> releases = sources.history().releases(slug, before, limit);
    if (releases.isEmpty() && !sources.knows(slug)) {
      throw new Refusal(noDeployment(slug));
    }
    ok(call, releases.stream().map(Views::release).toList());
  }

  void release(Call call) throws Refusal, LedgerUnavailable {
    Optional<Release> release = sources.history().release(call.slug(), call.release());
    if (release.isEmpty()) {
      throw new Refusal(noRelease(call.slug(), call.release()));
    }
    ok(call, Views.release(release.get()));
  }

  /** Oldest first; the header says how many there are where not all of them are in the list. */
  void queues(Call call) throws Refusal, IOException {
    Queues.Page page = queues.all(call.number("limit", MOST_ENTRIES).orElse(ENTRIES));
    call.exchange().getResponseHeaders().put(TOTAL, page.total());
    List<JsonObject> entries = page.entries().stream().map(Views::entry).toList();
    ok(call, entries);
  }

  static Problem noDeployment(Slug slug) {
    return new Problem(StatusCodes.NOT_FOUND, "There is no deployment " + slug + ".");
  }

  static Problem noRelease(Slug slug, ReleaseNumber number) {
    return new Problem(
        StatusCodes.NOT_FOUND, "Deployment " + slug + " has no release " + number + ".");
  }

  private static void ok(Call call, Object value) {
    Answers.json(call.exchange(), StatusCodes.OK, value);
  }
}
