package dev.slipway.ledger;

import dev.slipway.event.Source;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is recorded, read by plain JDBC, the same for the daemon and for a command: a command has no
 * time to build an object mapping. Closing it closes its connections. Any thread.
 */
public final class SqlHistory implements History, AutoCloseable {
  private static final String RELEASES =
      "select deployment, version, commit_sha, ref, event_id, \"trigger\", host, state, started_at,"
          + " finished_at, reason from \"release\" ";
  private static final String EVENTS =
      "select event_id, deployment, outcome, entry, processed_at, reason, commit_sha"
          + " from processed_event ";

  // Far below the number of parameters that either database takes.
  private static final int EVENTS_AT_ONCE = 500;

  private final Connections connections;

  SqlHistory(Connections connections) {
    this.connections = connections;
  }

  /**
   * The view of a command: reads beside a running daemon, creates nothing, connects at the first
   * question. An embedded store that does not exist yet holds nothing.
   */
  public static SqlHistory of(Database database) {
    return new SqlHistory(new OneConnection(database));
  }

  /** The view of many readers at once, of whom a slow one holds up no other; else the same. */
  public static SqlHistory ofMany(Database database) {
    return new SqlHistory(new FewConnections(database));
  }

  @Override
  public List<ProcessedEvent> processed(Collection<EventId> ids) throws LedgerUnavailable {
    List<EventId> wanted = ids.stream().distinct().toList();
    List<ProcessedEvent> found = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += EVENTS_AT_ONCE) {
      List<EventId> some = wanted.subList(from, Math.min(from + EVENTS_AT_ONCE, wanted.size()));
      String marks = String.join(", ", Collections.nCopies(some.size(), "?"));
      found.addAll(
          rows(
              SqlHistory::event,
              EVENTS + "where event_id in (" + marks + ")",
              some.stream().map(EventId::value).toArray()));
    }
    return found;
  }

  @Override
  public List<Release> releases(Slug deployment, Optional<ReleaseNumber> before, int limit)
      throws LedgerUnavailable {
    return rows(
        SqlHistory::release,
        RELEASES + "where deployment = ? and version < ? order by version desc limit ?",
        deployment.value(),
        before.map(ReleaseNumber::value).orElse(Integer.MAX_VALUE),
        limit);
  }

  @Override
  public Optional<Release> release(Slug deployment, ReleaseNumber version)
      throws LedgerUnavailable {
    return first(
        RELEASES + "where deployment = ? and version = ?", deployment.value(), version.value());
  }

  @Override
  public List<Release> releasesOf(EventId event, Slug deployment) throws LedgerUnavailable {
    return rows(
        SqlHistory::release,
        RELEASES + "where event_id = ? and deployment = ? order by version desc",
        event.value(),
        deployment.value());
  }

  @Override
  public Optional<Release> live(Slug deployment) throws LedgerUnavailable {
    return first(
        RELEASES + "where deployment = ? and state = 'succeeded' order by version desc limit 1",
        deployment.value());
  }

  @Override
  public List<Release> running(String host) throws LedgerUnavailable {
    // The state stands in the text, not in a parameter, so that the partial index is used.
    return rows(
        SqlHistory::release,
        RELEASES + "where host = ? and state = 'running' order by deployment, version desc",
        host);
  }

  @Override
  public boolean knows(Slug deployment, CommitId commit) throws LedgerUnavailable {
    return !rows(
            row -> row.getInt(1),
            "select 1 from processed_event where deployment = ? and commit_sha = ?"
                + " union all select 1 from \"release\" where deployment = ? and commit_sha = ?"
                + " limit 1",
            deployment.value(),
            commit.value(),
            deployment.value(),
            commit.value())
        .isEmpty();
  }

  @Override
  public List<Release> newest() throws LedgerUnavailable {
    return rows(
        SqlHistory::release,
        RELEASES
            + "where (deployment, version) in"
            + " (select deployment, max(version) from \"release\" group by deployment)"
            + " order by deployment");
  }

  @Override
  public void close() {
    connections.close();
  }

  private Optional<Release> first(String sql, Object... parameters) throws LedgerUnavailable {
    return rows(SqlHistory::release, sql, parameters).stream().findFirst();
  }

  private <T> List<T> rows(Row<T> row, String sql, Object... parameters) throws LedgerUnavailable {
    return connections.on(connection -> select(connection, row, sql, parameters)).orElse(List.of());
  }

  private static <T> List<T> select(
      Connection connection, Row<T> row, String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet results = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (results.next()) {
          rows.add(row.of(results));
        }
        return rows;
      }
    }
  }

  @FunctionalInterface
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static ProcessedEvent event(ResultSet row) throws SQLException {
    String deployment = row.getString("deployment");
    return new ProcessedEvent(
        new EventId(row.getString("event_id")),
        deployment.equals(ProcessedEvent.DISPATCHER)
            ? Optional.empty()
            : Optional.of(new Slug(deployment)),
        row.getString("outcome"),
        new EntryName(row.getString("entry")),
        instant(row, "processed_at").orElseThrow(),
        Optional.ofNullable(row.getString("reason")).orElse(""),
        Optional.ofNullable(row.getString("commit_sha")).map(CommitId::new));
  }

  private static Release release(ResultSet row) throws SQLException {
    String trigger = row.getString("trigger");
    return new Release(
        new Slug(row.getString("deployment")),
        new ReleaseNumber(row.getInt("version")),
        Optional.ofNullable(row.getString("commit_sha")).map(CommitId::new),
        new GitRef(row.getString("ref")),
        new EventId(row.getString("event_id")),
        Source.of(trigger)
            .orElseThrow(() -> new IllegalStateException("not a release's trigger: " + trigger)),
        row.getString("host"),
        ReleaseState.of(row.getString("state")),
        instant(row, "started_at").orElseThrow(),
        instant(row, "finished_at"),
        Optional.ofNullable(row.getString("reason")));
  }

  /** Both drivers give a time stamp that counts from the epoch, whatever this machine's zone is. */
  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
