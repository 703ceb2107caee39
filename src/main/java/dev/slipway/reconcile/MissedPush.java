package dev.slipway.reconcile;

import dev.slipway.event.EntryCodec;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Source;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A push whose event never came. Its entry has GitHub's form but names no commit: what the branch
 * names when its turn comes is deployed.
 *
 * @param commit what the branch named when it was found
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">GitHub:
 *     push</a>
 */
record MissedPush(Followed followed, CommitId commit) {
  private static final String PREFIX = "reconcile-";
  private static final int ID_LIMIT = 64;

  /** Enough to tell a deployment's commits apart; the deployment is part of every record's key. */
  private static final int COMMIT_DIGITS = 12;

  /** The same for the same deployment and commit, on every host. */
  EventId id() {
    String end = "-" + commit.value().substring(0, COMMIT_DIGITS);
    String slug = followed.slug().value();
    int room = ID_LIMIT - PREFIX.length() - end.length();
    return new EventId(PREFIX + slug.substring(0, Math.min(room, slug.length())) + end);
  }

  /** The entry's bytes. */
  byte[] entry(Instant now) {
    EntryCodec.Head head =
        new EntryCodec.Head(id(), "push", now, Source.RECONCILE, Optional.empty());
    JsonObject payload =
        new JsonObject()
            .with("ref", followed.branch())
            .with("created", false)
            .with("deleted", false)
            .with("forced", false)
            .with("repository", new JsonObject().with("full_name", followed.origin().repository()))
            .with("pusher", new JsonObject().with("name", "slipway"))
            .with(
                "slipway", new JsonObject().with("note", "the push of " + commit + " was missed"));
    return EntryCodec.write(head, payload.toString().getBytes(StandardCharsets.UTF_8));
  }
}
