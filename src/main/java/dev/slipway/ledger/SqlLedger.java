package dev.slipway.ledger;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;

/**
 * The daemon's record store: written through Hibernate, each act one transaction, and read as
 * {@link SqlHistory}. Two rules of the schema carry its promises: the key of {@code
 * processed_event}, by which an event counts once, and the key of {@code release}, by which a
 * number is given once. Every method answers or throws within a few seconds. Any thread.
 */
public final class SqlLedger implements Ledger, AutoCloseable {
  // Each conflict means that somebody else got a number, so this many lost races in a row do not
  // happen.
  private static final int RACES = 100;

  private final Pool pool;
  private final SqlHistory history;
  private final SessionFactory sessions;

  private SqlLedger(Pool pool, SessionFactory sessions) {
    this.pool = pool;
    this.history = new SqlHistory(pool);
    this.sessions = sessions;
  }

  /**
   * Connects, brings the schema to its newest version or checks it, and builds the mapping.
   *
   * @throws LedgerUnavailable when the store does not answer, or not to this user: try again later
   * @throws SchemaFault when trying again does not help
   */
  public static SqlLedger open(Database database) throws LedgerUnavailable, SchemaFault {
    if (database.migrate()) {
      var _ = Migrations.migrate(database);
    } else {
      Migrations.check(database);
    }
    Pool pool = Pool.of(database);
    return new SqlLedger(pool, Sessions.over(pool.source(), database));
  }

  @Override
  public void record(Collection<ProcessedEvent> events) throws LedgerUnavailable {
    // In one order everywhere: two hosts that record the same events must not wait for each other.
    List<ProcessedEvent> sorted =
        events.stream()
            .sorted(Comparator.comparing(ProcessedEvent::id).thenComparing(ProcessedEvent::place))
            .toList();
    if (sorted.isEmpty()) {
      return;
    }
    var _ =
        transact(
            session -> sorted.stream().filter(event -> insertIfAbsent(session, event)).count());
  }

  @Override
  public ReleaseNumber open(Release.Opening opening) throws LedgerUnavailable {
    for (int race = 0; race < RACES; race++) {
      Optional<ReleaseNumber> number = tryOpen(opening);
      if (number.isPresent()) {
        return number.get();
      }
    }
    throw new LedgerUnavailable(
        "the record store gave each of " + RACES + " release numbers to somebody else");
  }

  /** Absent when another host took the number between the look and the insert. */
  private Optional<ReleaseNumber> tryOpen(Release.Opening opening) throws LedgerUnavailable {
    try {
      return Optional.of(transact(session -> insertNext(session, opening)));
    } catch (ConstraintViolationException taken) {
      if (taken.getKind() != ConstraintKind.UNIQUE) {
        throw taken;
      }
      return Optional.empty();
    }
  }

  @Override
  public void end(Release.Ending ending) throws LedgerUnavailable {
    var _ = transact(session -> endIfRunning(session, ending));
  }

  @Override
  public boolean end(Release.Ending ending, ProcessedEvent event) throws LedgerUnavailable {
    return transact(session -> {
      endIfRunning(session, ending);
      return insertIfAbsent(session, event);
    });
  }

  private static ReleaseNumber insertNext(StatelessSession session, Release.Opening opening) {
    int newest =
        session
            .createSelectionQuery(
                "select coalesce(max(key.version), 0) from ReleaseRow"
                    + " where key.deployment = :deployment",
                Integer.class)
            .setParameter("deployment", opening.deployment().value())
            .getSingleResult();
    session.insert(new ReleaseRow(opening, newest + 1));
    return new ReleaseNumber(newest + 1);
  }

  private static int endIfRunning(StatelessSession session, Release.Ending ending) {
    return session
        .createMutationQuery(
            "update ReleaseRow set state = :state, finishedAt = :at, reason = :reason,"
                + " commit = coalesce(:commit, commit)"
                + " where key.deployment = :deployment and key.version = :version"
                + " and state = 'running'")
        .setParameter("state", ending.state().word())
        .setParameter("at", ending.finishedAt())
        .setParameter("reason", ending.reason())
        .setParameter("commit", ending.commit().map(CommitId::value).orElse(null))
        .setParameter("deployment", ending.deployment().value())
        .setParameter("version", ending.version().value())
        .executeUpdate();
  }

  /**
   * In SQL: Hibernate's own ways are either not race-free on PostgreSQL or unknown to its SQLite
   * dialect.
   */
  private static boolean insertIfAbsent(StatelessSession session, ProcessedEvent event) {
    return session
            .createNativeMutationQuery(
                "insert into processed_event"
                    + " (event_id, deployment, outcome, entry, processed_at, reason, commit_sha)"
                    + " values (:event, :deployment, :outcome, :entry, :at, :reason, :commit)"
                    + " on conflict do nothing")
            .setParameter("event", event.id().value())
            .setParameter("deployment", event.place())
            .setParameter("outcome", event.outcome())
            .setParameter("entry", event.entry().value())
            .setParameter("at", event.processedAt(), Instant.class)
            .setParameter("reason", event.reason())
            .setParameter("commit", event.commit().map(CommitId::value).orElse(null), String.class)
            .executeUpdate()
        == 1;
  }

  private <T> T transact(Function<StatelessSession, T> work) throws LedgerUnavailable {
    pool.ask();
    try {
      return sessions.fromStatelessTransaction(work);
    } catch (ConstraintViolationException taken) {
      throw taken;
    } catch (PersistenceException failed) {
      throw pool.outage(Diagnosis.sqlError(failed).orElseThrow(() -> failed));
    }
  }

  @Override
  public List<ProcessedEvent> processed(Collection<EventId> ids) throws LedgerUnavailable {
    return history.processed(ids);
  }

  @Override
  public List<Release> releases(Slug deployment, Optional<ReleaseNumber> before, int limit)
      throws LedgerUnavailable {
    return history.releases(deployment, before, limit);
  }

  @Override
  public Optional<Release> release(Slug deployment, ReleaseNumber version)
      throws LedgerUnavailable {
    return history.release(deployment, version);
  }

  @Override
  public List<Release> releasesOf(EventId event, Slug deployment) throws LedgerUnavailable {
    return history.releasesOf(event, deployment);
  }

  @Override
  public Optional<Release> live(Slug deployment) throws LedgerUnavailable {
    return history.live(deployment);
  }

  @Override
  public List<Release> running(String host) throws LedgerUnavailable {
    return history.running(host);
  }

  @Override
  public boolean knows(Slug deployment, CommitId commit) throws LedgerUnavailable {
    return history.knows(deployment, commit);
  }

  @Override
  public List<Release> newest() throws LedgerUnavailable {
    return history.newest();
  }

  /** The same store's oldest part. */
  public Attic attic() {
    return new SqlAttic(pool);
  }

  @Override
  public void close() {
    sessions.close();
    history.close();
  }
}
