package dev.slipway.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How Hibernate sees the table {@code release}. */
@Entity
@Table(name = "\"release\"")
class ReleaseRow {
  @EmbeddedId @Nullable ReleaseKey key;

  @Column(name = "commit_sha")
  @Nullable String commit;

  @Column(name = "ref")
  @Nullable String ref;

  @Column(name = "event_id")
  @Nullable String event;

  @Column(name = "\"trigger\"")
  @Nullable String trigger;

  @Column(name = "host")
  @Nullable String host;

  @Column(name = "state")
  @Nullable String state;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  @Column(name = "reason")
  @Nullable String reason;

  /** For Hibernate. */
  ReleaseRow() {}

  /** A release that begins under the number {@code version}. */
  ReleaseRow(Release.Opening opening, int version) {
    key = new ReleaseKey(opening.deployment().value(), version);
    commit = opening.commit().map(Object::toString).orElse(null);
    ref = opening.ref().value();
    event = opening.event().value();
    trigger = opening.trigger().word();
    host = opening.host();
    state = ReleaseState.RUNNING.word();
    startedAt = opening.startedAt();
  }
}
