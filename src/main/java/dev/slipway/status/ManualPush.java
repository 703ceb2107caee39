package dev.slipway.status;

import dev.slipway.dispatch.Route;
import dev.slipway.dispatch.Trigger;
import dev.slipway.event.EntryCodec;
import dev.slipway.event.JsonObject;
import dev.slipway.event.Source;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A push that no one pushed: what a person asked for, in GitHub's form.
 *
 * @param commit absent: what the reference points to when its turn comes
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">GitHub:
 *     push</a>
 */
record ManualPush(
    RepositoryName repository,
    GitRef ref,
    Optional<CommitId> commit,
    Optional<String> note,
    String by) {
  private static final Pattern COMMIT = Pattern.compile("[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}");
  private static final String NO_COMMIT = "0".repeat(40);

  /**
   * What an order means for a deployment.
   *
   * @throws IllegalArgumentException when its ref means nothing
   */
  static ManualPush of(Route route, Order order) {
    GitRef followed =
        switch (route.trigger()) {
          case Trigger.Branch(GitRef branch) -> branch;
        };
    String text = order.ref().orElse(followed.value());
    boolean isCommit = COMMIT.matcher(text).matches();
    Optional<CommitId> commit = isCommit ? Optional.of(new CommitId(text)) : Optional.empty();
    if (commit.filter(CommitId::isZero).isPresent()) {
      throw new IllegalArgumentException("the null commit cannot be deployed");
    }
    GitRef ref = isCommit ? followed : reference(text);
    return new ManualPush(route.repository(), ref, commit, order.note(), order.by());
  }

  private static GitRef reference(String text) {
    return text.startsWith("refs/") ? new GitRef(text) : GitRef.ofBranch(text);
  }

  /** The entry's bytes. */
  byte[] entry(EventId id, Instant now) {
    EntryCodec.Head head = new EntryCodec.Head(id, "push", now, Source.CLI, Optional.empty());
    return EntryCodec.write(head, payload().toString().getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject payload() {
    JsonObject payload = new JsonObject().with("ref", ref).with("before", NO_COMMIT);
    commit.ifPresent(id -> payload.with("after", id));
    payload
        .with("created", false)
        .with("deleted", false)
        .with("forced", false)
        .with("repository", new JsonObject().with("full_name", repository))
        .with("pusher", new JsonObject().with("name", by));
    note.ifPresent(text -> payload.with("slipway", new JsonObject().with("note", text)));
    return payload;
  }
}
